"""What a story still lacks, for review, for approval and for publication.

One list of issues serves form, act, page and shell. The rules read the public dict, so they judge what readers would
get, and the database for addresses and licences, in a number of queries that no text can raise.
"""

from articles.desk.requirements.issues import Issue as Issue
from articles.desk.requirements.judging import Judged as Judged
from articles.desk.requirements.judging import for_approval as for_approval
from articles.desk.requirements.judging import for_publication as for_publication
from articles.desk.requirements.judging import for_review as for_review
from articles.desk.requirements.judging import judge as judge
from articles.desk.requirements.rules import RULES as RULES
from articles.desk.requirements.rules import Stage as Stage
