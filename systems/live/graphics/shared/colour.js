/** Ground of every panel; team colours are checked against it. */
export const ground = '#0d121c'
export const ink = '#ffffff'
const neutral = '#c3cad6'

/** @param {string} colour `#rrggbb` @returns {[number, number, number]} */
function channels(colour) {
  const value = Number.parseInt(colour.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

/** Relative luminance, 0..1 (WCAG 2.2). @param {string} colour `#rrggbb` */
export function luminance(colour) {
  const [r, g, b] = channels(colour).map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0)
}

/** Contrast of two colours, 1..21 (WCAG 2.2). @param {string} one @param {string} other */
export function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

/** White or near black, whichever reads better on a colour. @param {string} colour */
export function textOn(colour) {
  return contrast(colour, ink) >= contrast(colour, ground) ? ink : ground
}

/** @param {unknown} colour @returns {string} the colour, or a neutral one where there is none */
export function colourOr(colour, fallback = neutral) {
  return typeof colour === 'string' && /^#[0-9a-f]{6}$/i.test(colour) ? colour : fallback
}

/**
 * A colour lightened towards white until it stands out from the panel (3:1, WCAG 1.4.11).
 * @param {string} colour
 */
export function onGround(colour) {
  let mixed = colour
  for (let share = 0.1; contrast(mixed, ground) < 3 && share <= 1; share += 0.1)
    mixed = towardsWhite(colour, share)
  return mixed
}

/** @param {string} colour @param {number} share 0..1 */
function towardsWhite(colour, share) {
  return `#${channels(colour)
    .map((channel) =>
      Math.round(channel + (255 - channel) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}

/**
 * Colours of two sides side by side, both seen on the panel. Where they look alike, the second is shown in the neutral
 * colour, or in white where that is alike too.
 * @param {unknown} home @param {unknown} away @returns {{ home: string, away: string }}
 */
export function sideColours(home, away) {
  const first = onGround(colourOr(home, '#5aa9e6'))
  const second = onGround(colourOr(away, '#e8a33d'))
  if (!alike(first, second)) return { home: first, away: second }
  return { home: first, away: alike(first, neutral) ? '#7f8a9c' : neutral }
}

/** @param {string} one @param {string} other */
function alike(one, other) {
  const [a, b] = [channels(one), channels(other)]
  const distance = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
  return distance < 90 && contrast(one, other) < 1.8
}
