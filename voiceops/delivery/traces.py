"""Sends traces to an OpenTelemetry collector: a span for each request and each job, with ids and without words."""

from importlib import import_module

from opentelemetry import trace

from voiceops.errors import MissingPart


def send_traces(url: str, *, part: str) -> None:
    """From now on spans of this process go to the collector at `url` (OTLP over HTTP, such as http://host:4318).

    They leave in the background; a collector that does not answer costs nothing but its spans. Raises MissingPart.
    """
    try:
        sdk, resources = import_module("opentelemetry.sdk.trace"), import_module("opentelemetry.sdk.resources")
        export = import_module("opentelemetry.sdk.trace.export")
        otlp = import_module("opentelemetry.exporter.otlp.proto.http.trace_exporter")
    except ImportError as error:
        raise MissingPart(
            "Traces are wanted, and what sends them is not installed.",
            record="VOICEOPS_TRACES_URL",
            next_step="Run `pip install 'voiceops[traces]'`, or unset VOICEOPS_TRACES_URL.",
        ) from error
    named = resources.Resource.create({"service.name": "voiceops", "service.instance.id": part})
    provider = sdk.TracerProvider(resource=named)
    exporter = otlp.OTLPSpanExporter(endpoint=f"{url.rstrip('/')}/v1/traces")
    provider.add_span_processor(export.BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
