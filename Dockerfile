# Written without a Docker at hand: its commands were run one by one in a clean folder, the image was never built.
#   docker build -t forecast-ledger .
#   docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/ledger" forecast-ledger check
FROM python:3.12-slim
RUN apt-get update && apt-get install --yes --no-install-recommends git && rm -rf /var/lib/apt/lists/*
COPY pyproject.toml README.md LICENSE /source/
COPY man /source/man
COPY src /source/src
RUN pip install --no-cache-dir /source
ENV FORECAST_LEDGER_CACHE=off
WORKDIR /ledger
ENTRYPOINT ["fledger"]
