"""Files in an S3, which is given up on soon: what waits for it is a thread that serves pages as well.

By itself boto waits a minute for a connection, four times over.
"""

from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage

#: Seconds.
CONNECTING, READING = 3, 10


class BucketStorage(S3Storage):
    def get_default_settings(self) -> dict[str, Any]:
        patience = Config(connect_timeout=CONNECTING, read_timeout=READING, retries={"total_max_attempts": 2})
        return {**super().get_default_settings(), "client_config": patience}
