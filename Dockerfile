# Two stages: the first fetches the pinned set by its hashes and builds the wheel, the second runs.

FROM python:3.12-slim AS build
WORKDIR /source
COPY requirements.txt .
RUN pip download --quiet --require-hashes --requirement requirements.txt --dest /wheels
COPY . .
RUN pip wheel --quiet --no-deps --no-index --find-links /wheels --wheel-dir /wheels . \
    && python -m venv --without-pip /trialbell \
    && pip --python /trialbell/bin/python install --quiet --no-index --find-links /wheels trialbell

FROM python:3.12-slim
COPY --from=build /trialbell /trialbell
RUN groupadd --gid 10001 trialbell \
    && useradd --no-log-init --no-create-home --uid 10001 --gid 10001 --home-dir /data trialbell \
    && install -d -o trialbell -g trialbell -m 700 /data /config
ENV PATH=/trialbell/bin:$PATH \
    TRIALBELL_DATABASE_URL=sqlite:////data/trialbell.db \
    TRIALBELL_SECRET_KEY_FILE=/config/secret.key \
    TRIALBELL_ALIVE_FILE=/tmp/trialbell-alive
# The key that seals what people follow lies apart from the data, so that a copy of one is no use.
VOLUME ["/data", "/config"]
WORKDIR /data
USER trialbell
HEALTHCHECK --interval=60s --timeout=20s --start-period=60s CMD ["trialbell", "health"]
ENTRYPOINT ["trialbell"]
CMD ["run"]
