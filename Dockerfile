# One image for web, workers, the migrate job and the `hasso` command; docker-compose.yml says which of them runs.
FROM node:24-bookworm-slim AS build

WORKDIR /app
ENV NODE_ENV=production

COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund --cache /tmp/npm && rm -rf /tmp/npm
COPY deploy/image/prune.sh deploy/image/
RUN sh deploy/image/prune.sh

COPY . .
# The bundle of the workflows, so that no compiler runs, and nothing is written, when a worker starts.
RUN node --import tsx deploy/image/prepare.ts

FROM node:24-bookworm-slim

WORKDIR /app
# What tsx and V8 make of a file is kept beside the files of the process, on whatever /tmp is.
ENV NODE_ENV=production TZ=UTC NODE_COMPILE_CACHE=/tmp/compile-cache PATH=/app/deploy/image/bin:$PATH
COPY --from=build /app /app
RUN mkdir /data && chown node:node /data
USER node

CMD ["node", "--import", "tsx", "web/server.ts"]
