"""The page cache: public pages answered before Django is asked, as long as they are what Django would say.

`door` is the way in, `asking` what is asked for, `watching` whether what was kept still holds, `pages` how a kept
page is answered, `memory` and `shared` where pages are kept, `flights` that one page is made once at a time.
"""
