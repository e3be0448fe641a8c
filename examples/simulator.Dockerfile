# A WeCom in a container, built from the packed package:
#   npm pack
#   docker build -f examples/simulator.Dockerfile -t wecom-simulator .
#   docker run --rm -p 127.0.0.1:8788:8788 wecom-simulator
# With a corp of your own: docker run --rm -p 127.0.0.1:8788:8788 -v $PWD/corp.json:/corp.json wecom-simulator --seed /corp.json
# The other options are those of `wecom simulator`.
FROM node:24-alpine
WORKDIR /simulator
COPY effect-wecom-*.tgz effect-wecom.tgz
RUN npm init --yes && npm install --omit=dev ./effect-wecom.tgz "effect@~4.1.0" "@effect/platform-node@~4.1.0"
USER node
EXPOSE 8788
ENTRYPOINT ["node_modules/.bin/wecom", "simulator", "--host", "0.0.0.0", "--port", "8788"]
