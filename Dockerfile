# The newsroom's image: web server, worker and every command of manage.py. Built in two steps, so that what builds it is
# not in it; run as nobody in particular, on a root that may be read-only. docs/operations.md says how it is run.

# Your registry's copy by digest, where you keep one. The client of PostgreSQL in it must be as new as your server.
ARG PYTHON=docker.io/library/python:3.13-slim-trixie

FROM ${PYTHON} AS packages
WORKDIR /build
COPY requirements.txt requirements-extras.txt ./
RUN python3 -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes \
        -r requirements.txt -r requirements-extras.txt \
    && /opt/venv/bin/pip uninstall --yes --quiet pip

FROM ${PYTHON}
# `backup` and `restore` ask for pg_dump, pg_restore and psql.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --home-dir /var/lib/newsroom --create-home --shell /usr/sbin/nologin newsroom
COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/newsroom
COPY . .
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MALLOC_ARENA_MAX=2 \
    VAR_DIR=/var/lib/newsroom \
    BIND=0.0.0.0:8000
RUN python -m compileall -q -j 0 accounts alerts articles newsroom
USER 10001:10001
VOLUME /var/lib/newsroom
EXPOSE 8000
# Of the web server; whoever runs another command says so (compose: healthcheck: disable).
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["python", "deploy/healthcheck.py"]
CMD ["gunicorn", "-c", "deploy/gunicorn.conf.py", "newsroom.wsgi"]
