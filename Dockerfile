# One image for web, workers and the migrate job; docker-compose.yml says which of them runs.
FROM node:24-bookworm-slim

WORKDIR /app
ENV NODE_ENV=production

COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund

COPY . .
RUN mkdir /data && chown node:node /data
USER node

CMD ["node", "--import", "tsx", "web/server.ts"]
