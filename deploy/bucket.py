"""Makes the bucket that STORAGE_URL names, where it is not there yet: for a storage of one's own.

python -m deploy.bucket
"""

import os

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from django.core.files.storage import default_storage

    client = getattr(getattr(default_storage, "connection", None), "meta", None)
    if client is None:
        return
    name = default_storage.bucket_name  # type: ignore[attr-defined]
    there = {bucket["Name"] for bucket in client.client.list_buckets()["Buckets"]}
    if name not in there:
        client.client.create_bucket(Bucket=name)


if __name__ == "__main__":
    main()
