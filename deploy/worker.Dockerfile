# The service: worker and commands. Built from the top of the checkout.
FROM python:3.11.15-slim-bookworm AS wheel
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PIP_NO_CACHE_DIR=1
WORKDIR /build
COPY requirements.lock ./
RUN python -m venv /venv && /venv/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml ./
COPY domain domain
COPY activities activities
COPY workflows workflows
COPY worker worker
COPY starter starter
RUN /venv/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels .

FROM python:3.11.15-slim-bookworm
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PIP_NO_CACHE_DIR=1
# What the service runs with, and nothing of what tests and tools need.
COPY deploy/requirements.lock /tmp/requirements.lock
RUN python -m venv /opt/uide \
    && /opt/uide/bin/pip install --require-hashes -r /tmp/requirements.lock \
    && rm /tmp/requirements.lock
COPY --from=wheel /wheels /tmp/wheels
RUN /opt/uide/bin/pip install --no-deps --no-index /tmp/wheels/*.whl \
    && rm -r /tmp/wheels
# A volume that is mounted over such a folder for the first time takes its owner and mode.
RUN groupadd --gid 10001 uide \
    && useradd --uid 10001 --gid uide --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin uide \
    && install --directory --owner=uide --group=uide --mode=700 /var/lib/uide /var/lib/uide-roots
ENV PATH=/opt/uide/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /
USER uide
CMD ["python", "-m", "worker.main"]
