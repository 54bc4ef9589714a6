"""One public newsroom for all the tests here."""

from collections.abc import Iterator

import pytest

from tests.production.serving import Site, environ, free_port, gunicorn, manage, scratch_database, wait_for


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    var_dir = tmp_path_factory.mktemp("production")
    port = free_port()
    with scratch_database(var_dir) as url:
        settings = environ(var_dir, PORT=str(port), DATABASE_URL=url)
        manage(settings, "migrate", "--verbosity=0")
        manage(settings, "collectstatic", "--no-input", "--verbosity=0")
        server = gunicorn(settings)
        try:
            wait_for(server, port)
            yield Site(port, var_dir, settings)
        finally:
            server.terminate()
            server.wait(timeout=30)
