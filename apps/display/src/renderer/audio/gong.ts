/** A three-note gong, synthesised: no file to load, the same on every machine. */

interface Note {
  readonly frequencyHz: number;
  readonly startS: number;
}

/** G5, E5, C5: a falling triad, calm and well above the murmur of a waiting room. */
const NOTES: readonly Note[] = [
  { frequencyHz: 783.99, startS: 0 },
  { frequencyHz: 659.26, startS: 0.42 },
  { frequencyHz: 523.25, startS: 0.84 },
];
/** Each note rings out over this time. */
const RING_S = 1.3;
const PEAK_GAIN = 0.35;
/** The octave above gives the bell its edge. */
const OVERTONE_GAIN = 0.12;

/** When the announcement may begin: the last note is still ringing softly. */
export const GONG_LENGTH_MS = 1_700;

export function strikeGong(audio: AudioContext): void {
  const now = audio.currentTime;
  for (const note of NOTES) {
    ring(audio, note.frequencyHz, now + note.startS, PEAK_GAIN);
    ring(audio, note.frequencyHz * 2, now + note.startS, OVERTONE_GAIN);
  }
}

function ring(audio: AudioContext, frequencyHz: number, startS: number, peak: number): void {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = frequencyHz;
  volume.gain.setValueAtTime(0, startS);
  volume.gain.linearRampToValueAtTime(peak, startS + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.001, startS + RING_S);
  tone.connect(volume).connect(audio.destination);
  tone.start(startS);
  tone.stop(startS + RING_S);
}
