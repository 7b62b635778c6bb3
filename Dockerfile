# The image for those who build with Docker: the same jars, runtime, places, user and flags as the one that Maven builds
# without it, less /app/sbom.json (docs/image.md).
#
#   docker build -t weft --build-arg VERSION=0.1.0 --build-arg REVISION=$(git rev-parse HEAD) .
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -B -q -Dfast -Dmaven.test.skip -pl router-node -am package
# What jlink needs stands in one place only: in the script that the other image is made with.
RUN apt-get update && router-node/src/main/image/root /root-of-the-image "$(dpkg --print-architecture)" "$JAVA_HOME" \
    && mkdir -p /root-of-the-image/app/libs /root-of-the-image/app/classpath \
    && cp router-node/target/lib/*.jar /root-of-the-image/app/libs/ \
    && cp router-node/target/router-node.jar /root-of-the-image/app/classpath/ \
    && chmod 777 /root-of-the-image/tmp

FROM scratch
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title=weft \
      org.opencontainers.image.description="A clustered WAMP router" \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.licenses="Apache-2.0 AND GPL-2.0-only WITH Classpath-exception-2.0 AND LGPL-2.1-or-later"
COPY --from=build /root-of-the-image /
USER 10001:10001
WORKDIR /tmp
ENV PATH=/opt/java/bin
EXPOSE 8080
ENTRYPOINT ["/opt/java/bin/java", "@/app/java.options", "@/app/weft"]
CMD ["serve", "--config", "/etc/weft/weft.yaml"]
