# The web door alone: no torch, no engine. Build it at the top of the source tree:
#   docker build -f deploy/api.Dockerfile -t voiceops-api .
FROM python:3.12-slim AS wheel
WORKDIR /src
COPY . .
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.12-slim
COPY --from=wheel /wheels /wheels
COPY constraints.txt /wheels/
RUN pip install --no-cache-dir -c /wheels/constraints.txt "$(ls /wheels/voiceops-*.whl)[postgresql,oidc,s3,traces]" \
    && rm -rf /wheels \
    && useradd --system --uid 10001 --home-dir /var/lib/voiceops --create-home voiceops
USER voiceops
# What is only passing through needs room, which a memory disk at /tmp has not.
ENV VOICEOPS_DATA_DIR=/var/lib/voiceops TMPDIR=/var/lib/voiceops VOICEOPS_HOST=0.0.0.0 VOICEOPS_LOG_FORMAT=json
VOLUME /var/lib/voiceops
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/livez', timeout=4)"]
CMD ["voiceops", "serve"]
