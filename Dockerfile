# syntax=docker/dockerfile:1
# Builds the installation from a clone: docker build -t heavylift .
# Runs it: see docs/operations.md. Data lives in /data, everything else is read-only.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY . .
# Installs what a start needs and builds the console, as `npm start` does before it serves.
RUN node scripts/setup.mjs --for=start && rm -rf .heavylift

FROM node:24-bookworm-slim
# ffmpeg cuts recaps as video; without it they are playlists only.
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /home/heavylift heavylift \
    && install -d -o heavylift -g heavylift -m 0700 /data
WORKDIR /app
COPY --from=build /app /app
USER heavylift
ENV HEAVYLIFT_HOME=/data \
    HEAVYLIFT_SERVER_HOST=0.0.0.0 \
    HEAVYLIFT_LOG_DESTINATION=stdout \
    HEAVYLIFT_SKIP_SETUP=1
VOLUME /data
EXPOSE 4280
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["node", "-e", "fetch('http://127.0.0.1:4280/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "apps/cli/bin/heavylift.mjs", "serve"]
