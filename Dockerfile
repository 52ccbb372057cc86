# The registry as a container: dependencies from the hash lock, a slim runtime, no root.

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
COPY requirements/app.txt /tmp/app.txt
RUN /venv/bin/pip install --require-hashes --no-deps --only-binary :all: -r /tmp/app.txt

FROM python:3.13-slim
# A fixed number, so that volumes and host folders can be given to it.
RUN groupadd --gid 10001 registry && \
    useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin registry
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PORT=8000
# Volumes that are put here belong to the user.
RUN mkdir /dumps /files /backups && chown 10001:10001 /dumps /files /backups
WORKDIR /app
COPY --from=build /venv /venv
COPY manage.py pyproject.toml ./
COPY partnership partnership
COPY articles articles
COPY registry registry
COPY templates templates
COPY static static
COPY locale locale
# Collected in development settings: files need no secrets. The key made on the way is thrown away.
RUN python -m compileall -q partnership articles registry && \
    python manage.py catalogues --compile && \
    python manage.py collectstatic --no-input --verbosity 0 && \
    rm -f var/secret_key
ENV ENVIRONMENT=production
USER 10001:10001
EXPOSE 8000
# Asked by the name of the site, as any other Host is refused.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 CMD ["python", "-c", "\
import http.client, os, sys, urllib.parse\n\
to = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4)\n\
host = urllib.parse.urlsplit(os.environ['SITE_URL']).netloc\n\
to.request('GET', '/healthz', headers={'Host': host})\n\
sys.exit(to.getresponse().status != 200)"]
# exec, so that the server itself gets the signal to stop.
CMD ["sh", "-c", "exec granian --interface wsgi --host 0.0.0.0 --port ${PORT} --workers ${WEB_WORKERS:-2} --blocking-threads 1 --respawn-failed-workers --workers-kill-timeout 20 --log-level warning partnership.wsgi:application"]
