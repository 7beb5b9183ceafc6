"""What every audio decoder promises, on made and on real files."""

import shutil
import struct
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest

from tests.audio_files import ENCODINGS, RAW_ENCODINGS, Samples, level_db, real_audio, tone, write_audio, write_wav
from voiceops.domain.private import Private, Silenced
from voiceops.domain.recording import RawFormat
from voiceops.engines import DECODERS, load_decoder
from voiceops.errors import BadInput, TooLarge, UnreadableAudio
from voiceops.ports import SIGNAL_RATE_HZ, AudioDecoder, Signal


@pytest.fixture(params=DECODERS)
def decoder(request: pytest.FixtureRequest) -> AudioDecoder:
    return load_decoder(request.param)


@pytest.mark.parametrize("name", ENCODINGS)
def test_each_channel_comes_back_by_itself_at_its_own_level(name: str, decoder: AudioDecoder, tmp_path: Path) -> None:
    encoding = ENCODINGS[name]
    channels = [tone(440, 2, encoding.rate_hz), tone(1000, 2, encoding.rate_hz, level=0.1)]
    # AMR has one channel, and its model of a voice does not keep a sine's level well.
    channels, tolerance = (channels[:1], 3.0) if name == "amr" else (channels, 1.5)
    path = write_audio(tmp_path / f"recording{encoding.suffix}", encoding, channels)
    decoded = decoder.decode(path, tmp_path)
    assert decoded.facts.codec == encoding.codec
    assert decoded.facts.channels == len(channels) == len(decoded.signals)
    assert decoded.facts.sample_rate_hz == encoding.rate_hz
    assert decoded.facts.duration == pytest.approx(2.0, abs=0.13)
    assert decoded.facts.notes == ()
    for signal, hertz, level in zip(decoded.signals, (440, 1000), (0.3, 0.1), strict=False):
        assert len(signal) == round(decoded.facts.duration * SIGNAL_RATE_HZ)
        assert level_db(signal, level) == pytest.approx(0, abs=tolerance)
        assert _loudest_hertz(signal) == pytest.approx(hertz, abs=2)


@pytest.mark.parametrize("name", ENCODINGS)
def test_probing_tells_what_decoding_shows(name: str, decoder: AudioDecoder, tmp_path: Path) -> None:
    encoding = ENCODINGS[name]
    path = write_audio(tmp_path / f"recording{encoding.suffix}", encoding, [tone(440, 3, encoding.rate_hz)])
    probed, decoded = decoder.probe(path), decoder.decode(path, tmp_path).facts
    assert (probed.channels, probed.sample_rate_hz, probed.codec) == (1, encoding.rate_hz, encoding.codec)
    assert probed.duration == pytest.approx(decoded.duration, abs=0.15)


@pytest.mark.parametrize("name", ENCODINGS)
def test_a_wrong_extension_does_not_matter(name: str, decoder: AudioDecoder, tmp_path: Path) -> None:
    encoding = ENCODINGS[name]
    path = write_audio(tmp_path / "recording.txt", encoding, [tone(440, 1, encoding.rate_hz)])
    assert decoder.decode(path, tmp_path).facts.codec == encoding.codec


@pytest.mark.parametrize("name", RAW_ENCODINGS)
def test_a_format_without_header_is_known_by_its_extension(name: str, decoder: AudioDecoder, tmp_path: Path) -> None:
    encoding = RAW_ENCODINGS[name]
    path = write_audio(tmp_path / f"recording{encoding.suffix}", encoding, [tone(440, 2, encoding.rate_hz)])
    decoded = decoder.decode(path, tmp_path)
    assert decoded.facts.codec == encoding.codec
    assert decoded.facts.duration == pytest.approx(2.0, abs=0.05)
    assert _loudest_hertz(decoded.signals[0]) == pytest.approx(440, abs=2)


def test_raw_gsm_from_a_telephone_system_decodes_under_any_name(decoder: AudioDecoder, tmp_path: Path) -> None:
    path = shutil.copy(real_audio("asterisk/sounds/agent-loginok.gsm"), tmp_path / "message")
    decoded = decoder.decode(Path(path), tmp_path)
    assert (decoded.facts.codec, decoded.facts.sample_rate_hz) == ("gsm", 8_000)
    assert decoded.facts.duration == pytest.approx(1.24)


def test_gsm_inside_a_wav_decodes(decoder: AudioDecoder, tmp_path: Path) -> None:
    block = bytes(65)  # Two GSM frames in Microsoft's packing: 320 samples.
    header = struct.pack(
        "<4sI4s4sIHHIIHHHH", b"RIFF", 52 + 6500, b"WAVE", b"fmt ", 20, 0x31, 1, 8000, 1625, 65, 0, 2, 320
    )
    (tmp_path / "wav49.wav").write_bytes(header + struct.pack("<4sI", b"data", 6500) + block * 100)
    decoded = decoder.decode(tmp_path / "wav49.wav", tmp_path)
    assert decoded.facts.codec == "gsm_ms"
    assert decoded.facts.duration == pytest.approx(4.0, abs=0.05)


def test_gsm_as_a_telephone_system_packs_it_keeps_its_tone(decoder: AudioDecoder, tmp_path: Path) -> None:
    program = shutil.which("ffmpeg")
    if program is None:
        pytest.skip("ffmpeg, which packs GSM, is not on this machine")
    write_wav(tmp_path / "tone.wav", [tone(440, 2, 8_000)], 8_000)
    for name, codec in (("wav49.wav", "libgsm_ms"), ("message.gsm", "libgsm")):
        command = [program, "-v", "error", "-i", str(tmp_path / "tone.wav"), "-c:a", codec, str(tmp_path / name)]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            pytest.skip(f"this ffmpeg has no {codec}")
        decoded = decoder.decode(tmp_path / name, tmp_path)
        assert decoded.facts.duration == pytest.approx(2.0, abs=0.05)
        assert _loudest_hertz(decoded.signals[0]) == pytest.approx(440, abs=3)


def test_wideband_amr_decodes(decoder: AudioDecoder, tmp_path: Path) -> None:
    # No library here writes AMR-WB: frames of its lowest rate with bytes by chance, 20 ms each.
    frames = (b"\x04" + np.random.default_rng(number).bytes(17) for number in range(100))
    (tmp_path / "message").write_bytes(b"#!AMR-WB\n" + b"".join(frames))
    facts = decoder.decode(tmp_path / "message", tmp_path).facts
    assert (facts.codec, facts.sample_rate_hz) == ("amr_wb", 16_000)
    assert facts.duration == pytest.approx(2.0, abs=0.05)


@pytest.mark.parametrize("name", RAW_ENCODINGS)
@pytest.mark.parametrize("hint", ["the format", "the name it was sent under"])
def test_raw_sound_that_was_stored_without_its_name_decodes_by_a_hint(
    hint: str, name: str, *, decoder: AudioDecoder, tmp_path: Path
) -> None:
    encoding = RAW_ENCODINGS[name]
    path = write_audio(tmp_path / "0f3b7f7e", encoding, [tone(440, 2, encoding.rate_hz)])
    said = RawFormat(encoding.suffix[1:]) if hint == "the format" else f"call.2026-03-04{encoding.suffix.upper()}"
    decoded = decoder.decode(path, tmp_path, hint=said)
    assert decoded.facts.codec == decoder.probe(path, hint=said).codec == encoding.codec
    assert _loudest_hertz(decoded.signals[0]) == pytest.approx(440, abs=2)


def test_a_hint_does_not_overrule_a_header(decoder: AudioDecoder, tmp_path: Path) -> None:
    path = write_wav(tmp_path / "call", [tone(440, 2, 16_000)])
    assert decoder.probe(path, hint=RawFormat.ULAW).codec == "pcm_s16le"


def test_raw_sound_that_looks_like_an_mp3_follows_its_hint(decoder: AudioDecoder, tmp_path: Path) -> None:
    mp3 = write_audio(tmp_path / "sound", ENCODINGS["mp3"], [tone(440, 3, 44_100)]).read_bytes()
    (tmp_path / "raw").write_bytes(mp3[mp3.index(b"\xff\xfb", 2000) :])
    assert decoder.probe(tmp_path / "raw").codec == "mp3"
    assert decoder.probe(tmp_path / "raw", hint=RawFormat.ALAW).codec == "pcm_alaw"


def test_the_advice_for_unknown_bytes_names_the_formats_without_a_header(decoder: AudioDecoder, tmp_path: Path) -> None:
    path = write_audio(tmp_path / "call.bin", RAW_ENCODINGS["mulaw"], [tone(440, 2, 8_000)])
    with pytest.raises(UnreadableAudio) as caught:
        decoder.probe(path)
    assert "name its format: ulaw, alaw, g722, gsm, sln, sln16" in caught.value.next_step


_AZURE = "azure-speech-sdk/formats"
_INGESTION = f"{_AZURE}/samples/ingestion/ingestion-client/Tests/TestFiles"


@pytest.mark.parametrize(
    ("name", "duration"),
    [
        (f"{_INGESTION}/missing_wav_header.wav", 1.26),
        (f"{_AZURE}/scenarios/csharp/sharedcontent/console/good_morning.pcm", 1.01),
    ],
)
def test_real_sound_without_a_header_needs_a_hint(name: str, duration: float, decoder: AudioDecoder) -> None:
    with pytest.raises(UnreadableAudio, match="not audio in a format"):
        decoder.probe(real_audio(name))
    facts = decoder.probe(real_audio(name), hint=RawFormat.SLN16)
    assert (facts.codec, facts.sample_rate_hz) == ("pcm_s16le", 16_000)
    assert facts.duration == pytest.approx(duration, abs=0.01)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("pydub/test1_empty.wav", "less than 0.1 seconds"),
        ("pocketsphinx/null.wav", "less than 0.1 seconds"),
        ("pocketsphinx/bad.wav", "not audio"),
        ("pocketsphinx/evil.wav", "not audio"),
        ("pocketsphinx/awful.wav", "sample rate of 1092676 Hz"),
        ("pocketsphinx/cards/cards.transcription", "text"),
    ],
)
def test_real_files_with_no_sound_in_them_are_refused_with_the_reason(
    name: str, says: str, decoder: AudioDecoder
) -> None:
    with pytest.raises(UnreadableAudio, match=says) as caught:
        decoder.probe(real_audio(name))
    assert caught.value.next_step


def test_every_other_real_recording_is_probed_and_has_a_length(decoder: AudioDecoder) -> None:
    manifest = real_audio("MANIFEST.tsv").read_text(encoding="utf-8").splitlines()
    rows = [dict(zip(manifest[0].split("\t"), line.split("\t"), strict=False)) for line in manifest[1:]]
    whole = [
        row
        for row in rows
        if row["ffmpeg_decode"] == "ok" and not row["path"].endswith((".pcm", "missing_wav_header.wav"))
    ]
    assert len(whole) > 200
    for row in whole:
        facts = decoder.probe(real_audio(row["path"]))
        assert facts.channels == int(row["channels"])
        assert facts.duration == pytest.approx(float(row["decoded_seconds"]), abs=0.05, rel=0.02), row["path"]


@pytest.mark.parametrize(
    ("name", "codec", "channels", "duration"),
    [
        ("pydub/wrong_extension.aac", "aac", 1, 9.66),
        ("pydub/test5.webm", "opus", 2, 1.48),
        ("pydub/party.mp3", "mp3", 1, 6.58),
        ("pydub/test1-8bit.wav", "pcm_u8", 2, 10.01),
        ("azure-speech-sdk/formats/samples/python/console/whatstheweatherlike-mulaw.wav", "pcm_mulaw", 1, 2.03),
        ("faster-whisper/docker/jfk.flac", "flac", 2, 11.0),
    ],
)
def test_real_files_decode(
    name: str, codec: str, channels: int, duration: float, *, decoder: AudioDecoder, tmp_path: Path
) -> None:
    facts = decoder.decode(real_audio(name), tmp_path).facts
    assert (facts.codec, facts.channels) == (codec, channels)
    assert facts.duration == pytest.approx(duration, abs=0.02)


def test_a_tone_above_the_new_band_does_not_fold_back_into_it(decoder: AudioDecoder, tmp_path: Path) -> None:
    path = write_wav(tmp_path / "tone.wav", [tone(11_000, 3, 44_100), tone(8_500, 3, 44_100)], 44_100)
    for signal in decoder.decode(path, tmp_path).signals:
        assert level_db(signal, 0.3) < -50


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 22_050, 44_100, 48_000])
def test_a_tone_inside_the_band_keeps_its_level(rate_hz: int, decoder: AudioDecoder, tmp_path: Path) -> None:
    path = write_wav(tmp_path / "tone.wav", [tone(1_000, 3, rate_hz), tone(3_400, 3, rate_hz)], rate_hz)
    decoded = decoder.decode(path, tmp_path)
    assert decoded.facts.duration == pytest.approx(3.0, abs=1e-3)
    assert all(level_db(signal, 0.3) == pytest.approx(0, abs=0.5) for signal in decoded.signals)


def test_samples_at_the_engines_own_rate_are_left_alone(decoder: AudioDecoder, tmp_path: Path) -> None:
    samples = np.random.default_rng(7).integers(-20_000, 20_000, 40_000).astype(np.int16)
    path = write_wav(tmp_path / "noise.wav", [samples])
    assert np.array_equal(decoder.decode(path, tmp_path).signals[0], samples)


@pytest.mark.parametrize("name", ["mp3", "flac", "wav-16", "wav-mulaw", "aac", "ogg-opus"])
def test_a_file_cut_in_the_middle_gives_what_is_there(name: str, decoder: AudioDecoder, tmp_path: Path) -> None:
    encoding = ENCODINGS[name]
    whole = write_audio(tmp_path / "whole", encoding, [tone(440, 10, encoding.rate_hz)]).read_bytes()
    (tmp_path / "cut").write_bytes(whole[: len(whole) * 6 // 10])
    decoded = decoder.decode(tmp_path / "cut", tmp_path)
    assert decoded.facts.duration == pytest.approx(6.0, abs=0.8)
    assert len(decoded.signals[0]) == round(decoded.facts.duration * SIGNAL_RATE_HZ)


@pytest.mark.parametrize("name", ["mp3", "flac", "wav-16", "wav-mulaw", "ogg-opus"])
def test_a_file_that_announces_more_than_it_has_says_that_it_is_cut_short(
    name: str, decoder: AudioDecoder, tmp_path: Path
) -> None:
    encoding = ENCODINGS[name]
    whole = write_audio(tmp_path / "whole", encoding, [tone(440, 10, encoding.rate_hz)]).read_bytes()
    (tmp_path / "cut").write_bytes(whole[: len(whole) * 6 // 10])
    (note,) = decoder.decode(tmp_path / "cut", tmp_path).facts.notes
    assert note.startswith("The file is cut short:")


@pytest.mark.parametrize("size", [0, 0xFFFF_FFFF, 0x7FFF_FFFF])
def test_a_wav_written_as_a_stream_is_read_to_its_end(size: int, decoder: AudioDecoder, tmp_path: Path) -> None:
    path = _with_data_size(write_wav(tmp_path / "stream.wav", [tone(440, 2, 16_000)]), size)
    facts = decoder.decode(path, tmp_path).facts
    assert facts.duration == pytest.approx(2.0)
    assert facts.notes == ()
    assert decoder.probe(path).duration == pytest.approx(2.0)


def test_a_wav_that_announces_almost_nothing_is_read_to_its_end(decoder: AudioDecoder, tmp_path: Path) -> None:
    path = _with_data_size(write_wav(tmp_path / "liar.wav", [tone(440, 2, 16_000)]), 100)
    assert decoder.decode(path, tmp_path).facts.duration == pytest.approx(2.0)
    assert decoder.probe(path).duration == pytest.approx(2.0)


def test_a_wav_that_announces_too_much_is_cut_short(decoder: AudioDecoder, tmp_path: Path) -> None:
    path = _with_data_size(write_wav(tmp_path / "liar.wav", [tone(440, 2, 16_000)]), 10_000_000)
    for facts in (decoder.probe(path), decoder.decode(path, tmp_path).facts):
        assert facts.duration == pytest.approx(2.0)
        assert facts.notes[0].startswith("The file is cut short:")


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".gsm", ".ulaw", ".g722", ""])
@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"Hello, this is a letter.\n" * 200, "text", id="text"),
        pytest.param(("Kérem, hívjon vissza.\n" * 300).encode(), "text", id="accented text"),
        pytest.param(b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n", "text", id="playlist"),
        pytest.param(b"ffconcat version 1.0\nfile other.wav\n", "text", id="list of files"),
    ],
)
def test_what_is_not_audio_is_refused_under_any_name(
    content: bytes, says: str, suffix: str, *, decoder: AudioDecoder, tmp_path: Path
) -> None:
    path = tmp_path / f"upload{suffix}"
    path.write_bytes(content)
    for action in (lambda: decoder.probe(path), lambda: decoder.decode(path, tmp_path)):
        with pytest.raises(UnreadableAudio, match=says) as caught:
            action()
        assert caught.value.next_step
        assert caught.value.record == path.name


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"R", id="one byte"),
        pytest.param(bytes(5000), id="zeros"),
        pytest.param(np.random.default_rng(3).bytes(20_000), id="noise"),
        pytest.param(b"RIFF\x00\x00\x00\x00WAVEfmt ", id="half a header"),
        pytest.param(b"\x00\x00\x00\x20ftypM4A " + bytes(200), id="index missing"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(3000), id="picture"),
    ],
)
def test_bytes_that_hold_no_audio_are_refused(content: bytes, decoder: AudioDecoder, tmp_path: Path) -> None:
    path = tmp_path / "upload.wav"
    path.write_bytes(content)
    with pytest.raises(UnreadableAudio):
        decoder.probe(path)
    with pytest.raises(UnreadableAudio):
        decoder.decode(path, tmp_path)


@pytest.mark.parametrize("seconds", [0.0, 0.05])
def test_a_recording_of_less_than_a_tenth_of_a_second_is_refused(
    seconds: float, decoder: AudioDecoder, tmp_path: Path
) -> None:
    path = write_wav(tmp_path / "short.wav", [tone(440, seconds, 16_000)])
    with pytest.raises(UnreadableAudio, match=r"0\.1 seconds"):
        decoder.probe(path)
    with pytest.raises(UnreadableAudio, match=r"0\.1 seconds"):
        decoder.decode(path, tmp_path)


def test_a_file_that_is_not_there_is_an_error_with_its_name(decoder: AudioDecoder, tmp_path: Path) -> None:
    with pytest.raises(UnreadableAudio, match=r"gone\.wav"):
        decoder.decode(tmp_path / "gone.wav", tmp_path)
    with pytest.raises(UnreadableAudio):
        decoder.probe(tmp_path)


def test_more_channels_than_the_limit_are_refused(decoder: AudioDecoder, tmp_path: Path) -> None:
    path = write_wav(tmp_path / "many.wav", [tone(440, 0.5, 16_000)] * 9)
    with pytest.raises(UnreadableAudio, match="9 channels"):
        decoder.decode(path, tmp_path)


def test_six_channels_stay_six(decoder: AudioDecoder, tmp_path: Path) -> None:
    tones = [tone(300 + 200 * number, 1, 16_000) for number in range(6)]
    decoded = decoder.decode(write_wav(tmp_path / "six.wav", tones), tmp_path)
    assert [round(_loudest_hertz(signal)) for signal in decoded.signals] == [300, 500, 700, 900, 1100, 1300]


def test_a_second_track_of_sound_is_not_left_out_in_silence(decoder: AudioDecoder, tmp_path: Path) -> None:
    path = tmp_path / "two.mka"
    with av.open(str(path), "w", format="matroska") as container:
        tracks = [container.add_stream("pcm_s16le", rate=16_000, layout="mono") for _ in range(2)]
        for track in tracks:
            frame = av.AudioFrame.from_ndarray(tone(440, 2, 16_000).reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate = 16_000
            container.mux(track.encode(frame))
    decoded = decoder.decode(path, tmp_path)
    assert len(decoded.signals) == 1
    assert decoded.facts.notes == ("It has 2 tracks of sound; only the first was used.",)


def test_a_stream_that_was_started_anew_is_read_to_its_end(decoder: AudioDecoder, tmp_path: Path) -> None:
    parts = [
        write_audio(tmp_path / f"{hertz}.ogg", ENCODINGS["ogg-opus"], [tone(hertz, 2, 48_000)]) for hertz in (400, 900)
    ]
    path = tmp_path / "chained.ogg"
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    (signal,) = decoder.decode(path, tmp_path).signals
    assert len(signal) / SIGNAL_RATE_HZ == pytest.approx(4.0, abs=0.05)
    assert [round(_loudest_hertz(half), -1) for half in (signal[4_000:28_000], signal[36_000:60_000])] == [400, 900]


def test_a_sphere_file_of_a_speech_corpus_decodes(decoder: AudioDecoder, tmp_path: Path) -> None:
    header = (
        "NIST_1A\n   1024\nsample_count -i 16000\nsample_n_bytes -i 1\nchannel_count -i 1\n"
        "sample_rate -i 8000\nsample_coding -s4 ulaw\nend_head\n"
    )
    raw = write_audio(tmp_path / "raw.ulaw", RAW_ENCODINGS["mulaw"], [tone(440, 2, 8_000)])
    path = tmp_path / "call.sph"
    path.write_bytes(header.ljust(1024).encode() + raw.read_bytes())
    decoded = decoder.decode(path, tmp_path)
    assert (decoded.facts.codec, round(_loudest_hertz(decoded.signals[0]))) == ("pcm_mulaw", 440)


@pytest.mark.parametrize("rate_hz", [6_000, 11_025, 192_000])
def test_odd_sample_rates_and_names_in_any_script_are_no_matter(
    rate_hz: int, decoder: AudioDecoder, tmp_path: Path
) -> None:
    path = write_wav(tmp_path / "felvétel تماس (1).wav", [tone(440, 2, rate_hz)], rate_hz)
    (signal,) = decoder.decode(path, tmp_path).signals
    assert (len(signal), round(_loudest_hertz(signal))) == (2 * SIGNAL_RATE_HZ, 440)


def test_a_recording_past_the_limit_is_refused_while_it_decodes(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "long.wav", [tone(440, 10, 16_000)])
    with pytest.raises(TooLarge):
        load_decoder("pyav", {"duration_limit_seconds": 5.0}).decode(path, tmp_path)


def test_a_length_that_no_header_claims_is_counted_no_further_than_the_limit(tmp_path: Path) -> None:
    encoding = ENCODINGS["flac"]
    path = write_audio(tmp_path / "stream.flac", encoding, [tone(440, 10, encoding.rate_hz)])
    content = bytearray(path.read_bytes())
    content[21:26] = bytes([content[21] & 0xF0, 0, 0, 0, 0])  # as who streams leaves it: nobody knows how many
    path.write_bytes(content)
    assert load_decoder("pyav", {"duration_limit_seconds": 11.0}).probe(path).duration == pytest.approx(10, abs=0.1)
    with pytest.raises(TooLarge, match="longer than"):
        load_decoder("pyav", {"duration_limit_seconds": 5.0}).probe(path)


@pytest.mark.parametrize("name", [*ENCODINGS, *RAW_ENCODINGS])
@pytest.mark.parametrize(("start", "end"), [(0.0, 1.0), (1.5, 2.0), (7.25, 9.5), (11.0, 99.0)])
def test_a_stretch_is_cut_as_it_is_in_the_whole(
    name: str, start: float, end: float, *, decoder: AudioDecoder, tmp_path: Path
) -> None:
    encoding = ENCODINGS.get(name) or RAW_ENCODINGS[name]
    path = write_audio(tmp_path / f"call{encoding.suffix}", encoding, [_rising(12, encoding.rate_hz)])
    (whole,) = decoder.decode(path, tmp_path).signals
    with path.open("rb") as sound:
        (stretch,) = decoder.cut(sound, start, end, hint=path.name)
    same = np.asarray(whole[round(start * SIGNAL_RATE_HZ) : round(end * SIGNAL_RATE_HZ)])
    assert abs(len(stretch) - len(same)) <= 16
    assert min(_difference(stretch, same, lag) for lag in range(-16, 17)) < 0.3


@pytest.mark.parametrize("name", ["wav-16", "mp3", "ogg-opus"])
def test_a_stretch_behind_the_end_is_empty(name: str, decoder: AudioDecoder, tmp_path: Path) -> None:
    encoding = ENCODINGS[name]
    path = write_audio(tmp_path / "call", encoding, [tone(440, 5, encoding.rate_hz)] * 2)
    with path.open("rb") as sound:
        assert [len(signal) for signal in decoder.cut(sound, 60.0, 70.0)] == [0, 0]


@pytest.mark.parametrize("size", [0, 100, 0xFFFF_FFFF, 10_000_000])
def test_a_stretch_is_cut_out_of_a_wav_whose_header_lies(size: int, decoder: AudioDecoder, tmp_path: Path) -> None:
    sound = _rising(8, 16_000)
    path = _with_data_size(write_wav(tmp_path / "stream.wav", [sound]), size)
    with path.open("rb") as file:
        (stretch,) = decoder.cut(file, 5.0, 6.0)
    assert np.array_equal(stretch, sound[80_000:96_000])


def test_an_unknown_decoder_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(BadInput, match="pyav"):
        load_decoder("sox")


def test_half_an_hour_of_stereo_is_never_held_in_memory(tmp_path: Path) -> None:
    minute = tone(440, 60, 8_000)
    write_wav(tmp_path / "long.wav", [np.tile(minute, 30)] * 2, 8_000)
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from voiceops.engines import load_decoder\n"
        "decoder, folder = load_decoder(), Path(sys.argv[1])\n"
        "decoder.probe(folder / 'long.wav')\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "decoder.decode(folder / 'long.wav', folder)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    shown = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    assert int(shown.stdout) / 1024 < 50  # The signals have 110 MiB.


def _with_data_size(path: Path, size: int) -> Path:
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, content.index(b"data") + 4, size)
    path.write_bytes(content)
    return path


def _difference(one: Signal, other: Signal, lag: int) -> float:
    """RMS of the difference relative to the other's, if the one lags so many samples behind."""
    size = min(len(one), len(other)) - 32
    near = other[16 + lag : 16 + lag + size].astype(np.float64)
    return float(np.std(one[16 : 16 + size] - near) / np.std(near))


def _rising(seconds: float, rate_hz: int) -> Samples:
    """A tone that rises from 200 to 2,000 Hz, so that no two places sound alike."""
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    phase = 2 * np.pi * (200 * time + 900 / seconds * time**2)
    return np.round(np.sin(phase) * 0.3 * 32_767).astype(np.int16)


def _loudest_hertz(signal: Signal) -> float:
    spectrum = np.abs(np.fft.rfft(signal.astype(np.float64)))
    return float(np.argmax(spectrum) * SIGNAL_RATE_HZ / len(signal))


@pytest.mark.parametrize("name", [*ENCODINGS, *RAW_ENCODINGS])
def test_a_recording_with_silenced_stretches_is_the_same_everywhere_else(
    name: str, decoder: AudioDecoder, tmp_path: Path
) -> None:
    encoding = ENCODINGS.get(name) or RAW_ENCODINGS[name]
    channels = [tone(440, 3, encoding.rate_hz), tone(1000, 3, encoding.rate_hz)]
    channels = channels[:1] if name == "amr" or name in RAW_ENCODINGS else channels
    path, target = write_audio(tmp_path / f"sent{encoding.suffix}", encoding, channels), tmp_path / "silenced.flac"
    stretches = (Silenced(Private.CARD, 0.5, 1.0, 0), Silenced(Private.NAME, 2.0, 2.25))
    assert decoder.silence(path, target, stretches) == decoder.decode(path, tmp_path).facts.duration
    before, after = decoder.decode(path, tmp_path), decoder.decode(target, tmp_path)
    assert after.facts.channels == before.facts.channels
    for number, (was, has) in enumerate(zip(before.signals, after.signals, strict=True)):
        expected = np.array(was)
        expected[32_000:36_000] = 0
        if number == 0:
            expected[8_000:16_000] = 0
        assert np.array_equal(has, expected)


def test_a_stretch_on_a_channel_that_is_not_there_silences_all(decoder: AudioDecoder, tmp_path: Path) -> None:
    path, target = write_wav(tmp_path / "call.wav", [tone(440, 2, 8_000)] * 2, 8_000), tmp_path / "silenced.flac"
    decoder.silence(path, target, [Silenced(Private.CARD, 0.0, 9.0, 7)])
    assert not any(np.any(signal) for signal in decoder.decode(target, tmp_path).signals)


def test_a_file_that_is_cut_short_is_silenced_as_far_as_it_goes(decoder: AudioDecoder, tmp_path: Path) -> None:
    path, target = write_wav(tmp_path / "call.wav", [tone(440, 4, 8_000)] * 2, 8_000), tmp_path / "silenced.flac"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert decoder.silence(path, target, [Silenced(Private.CARD, 1.0, 1.5)]) == pytest.approx(2.0, abs=0.01)
