# actorsim as an image: docker build -t actorsim . && docker run --rm -v "$PWD:/scenarios:ro" actorsim run .
FROM debian:12-slim AS build
RUN apt-get update \
 && apt-get install --yes --no-install-recommends \
    g++ cmake ninja-build dpkg-dev file \
    libcli11-dev nlohmann-json3-dev libyaml-cpp-dev libfmt-dev libexpected-dev libxxhash-dev \
    libtomlplusplus-dev libboost1.81-dev \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN cmake --preset release -DACTORSIM_BUILD_TESTS=OFF \
 && cmake --build build/release --target actorsim_installed \
 && cpack --config build/release/CPackConfig.cmake -G DEB -B /packages

# The package brings what it depends on, and nothing else.
FROM debian:12-slim
RUN --mount=type=bind,from=build,source=/packages,target=/packages \
    apt-get update \
 && apt-get install --yes --no-install-recommends /packages/actorsim_*.deb \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin actorsim
USER 10001
WORKDIR /scenarios
ENTRYPOINT ["actorsim"]
CMD ["--help"]
