# syntax=docker/dockerfile:1

# One file for all images: `--target service --build-arg APP=deals`, or `--target migrate`.
# Everything is built once, in a stage that all images share; an image then holds Node, one bundle and nothing to build with.
ARG NODE_VERSION=24.21.0

FROM node:${NODE_VERSION}-bookworm-slim AS build
ENV CI=true PNPM_HOME=/pnpm TURBO_TELEMETRY_DISABLED=1
WORKDIR /src
COPY package.json ./
RUN npm install --global "$(node -p "require('./package.json').packageManager")"
# The packages are fetched from the lockfile alone, so that a change of code does not fetch them again.
COPY pnpm-lock.yaml pnpm-workspace.yaml ./
RUN --mount=type=cache,target=/pnpm/store pnpm fetch --store-dir /pnpm/store
COPY . .
RUN --mount=type=cache,target=/pnpm/store pnpm install --offline --frozen-lockfile --store-dir /pnpm/store
RUN pnpm run build && cd packages/db && node ../../infra/build/bundle.mjs src/migrate/main.ts
# The one library with machine code is not in the bundles: it travels beside them.
RUN mkdir -p /native/@node-rs \
  && cp -rL apps/gateway/node_modules/@node-rs/argon2 /native/@node-rs/ \
  && cp -rL node_modules/.pnpm/node_modules/@node-rs/argon2-linux-* /native/@node-rs/

FROM node:${NODE_VERSION}-bookworm-slim AS runtime
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps
# Nothing at run time installs packages: without these tools there is less to attack.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn-*
WORKDIR /app
RUN echo '{ "type": "module" }' > package.json

FROM runtime AS migrate
COPY --from=build /src/packages/db/dist ./dist
COPY --from=build /src/packages/db/migrations ./migrations
ENV MIGRATIONS_FOLDER=/app/migrations
USER node
CMD ["node", "dist/main.js"]

FROM runtime AS service
ARG APP
COPY --from=build /native ./node_modules
COPY --from=build /src/apps/${APP}/dist ./dist
COPY infra/build/health-check.mjs ./
# Where exported and imported files may be mounted: a volume takes its owner from here.
RUN mkdir /files && chown node /files
ENV HOST=0.0.0.0 PORT=8080
EXPOSE 8080
USER node
# Alive, not ready: a service that waits for its database must not be restarted for it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "health-check.mjs", "liveness"]
CMD ["node", "dist/main.js"]
