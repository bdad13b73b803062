/** Frame rates of SMPTE ST 12-1 timecode. 29.97 and 59.94 are 30000/1001 and 60000/1001, counted as drop-frame. */
export type SmpteRate = 24 | 25 | 29.97 | 30 | 50 | 59.94 | 60

interface Counting {
  /** Frames that a second of timecode counts. */
  nominal: number
  /** Frame numbers left out at each minute that is not a tenth one (ST 12-1, 5.2.2); 0 without drop-frame. */
  dropped: number
  /** Frames in a real second. */
  perSecond: number
}

function countingOf(rate: SmpteRate): Counting {
  if (rate === 29.97) return { nominal: 30, dropped: 2, perSecond: 30_000 / 1001 }
  if (rate === 59.94) return { nominal: 60, dropped: 4, perSecond: 60_000 / 1001 }
  return { nominal: rate, dropped: 0, perSecond: rate }
}

/** Frames since midnight of a timecode, `HH:MM:SS:FF` or `;FF` with drop-frame. Null when it is none, or names a dropped frame. */
export function framesOfSmpte(text: string, rate: SmpteRate): number | null {
  const parts = /^(\d{2}):(\d{2}):(\d{2})([:;])(\d{2})$/.exec(text)
  if (!parts) return null
  const [hours, minutes, seconds, frames] = [1, 2, 3, 5].map((at) => Number(parts[at])) as [
    number,
    number,
    number,
    number,
  ]
  const { nominal, dropped } = countingOf(rate)
  if ((parts[4] === ';') !== dropped > 0) return null
  if (hours > 23 || minutes > 59 || seconds > 59 || frames >= nominal) return null
  if (dropped > 0 && minutes % 10 !== 0 && seconds === 0 && frames < dropped) return null
  const allMinutes = hours * 60 + minutes
  return (allMinutes * 60 + seconds) * nominal + frames - dropped * (allMinutes - Math.floor(allMinutes / 10))
}

/** Timecode of a frame since midnight; a day on, it begins again. */
export function smpteOfFrames(frame: number, rate: SmpteRate): string {
  const { nominal, dropped } = countingOf(rate)
  const perMinute = nominal * 60 - dropped
  const perTenMinutes = perMinute * 10 + dropped
  const day = perTenMinutes * 144
  const within = ((frame % day) + day) % day
  const tens = Math.floor(within / perTenMinutes)
  const rest = within % perTenMinutes
  // The first minute of ten drops nothing.
  const minutes = rest < nominal * 60 ? 0 : 1 + Math.floor((rest - nominal * 60) / perMinute)
  const counted = within + dropped * (tens * 9 + minutes)
  const two = (value: number) => String(value).padStart(2, '0')
  const seconds = Math.floor(counted / nominal)
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':')
  return `${clock}${dropped > 0 ? ';' : ':'}${two(counted % nominal)}`
}

/** The frame on screen so many milliseconds of real time after midnight's frame. */
export const framesOfMs = (ms: number, rate: SmpteRate): number =>
  Math.floor((ms * countingOf(rate).perSecond) / 1000 + 1e-6)

/** Real time of a frame's beginning, ms. */
export const msOfFrames = (frame: number, rate: SmpteRate): number =>
  (frame * 1000) / countingOf(rate).perSecond
