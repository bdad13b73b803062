/**
 * Local linear regression with tricube weights at each of 0 … `count` − 1, on the `span` nearest of `y[0 … n − 1]` (Cleveland 1979).
 * `from` shifts where it is evaluated: −1 gives one point before the first.
 */
export function loess(
  y: ArrayLike<number>,
  span: number,
  count: number = y.length,
  from = 0,
  robustness?: ArrayLike<number>,
): Float64Array {
  const n = y.length
  const width = Math.min(span, n)
  const out = new Float64Array(count)
  for (let at = 0; at < count; at++) {
    const x = at + from
    const left = Math.max(0, Math.min(n - width, Math.round(x - (width - 1) / 2)))
    const right = left + width - 1
    let reach = Math.max(x - left, right - x)
    if (span > n) reach += (span - n) / 2
    let sw = 0
    let swx = 0
    let swy = 0
    let swxx = 0
    let swxy = 0
    for (let i = left; i <= right; i++) {
      const distance = Math.abs(i - x) / (reach + 1e-9)
      if (distance >= 1) continue
      const cube = 1 - distance ** 3
      const weight = cube ** 3 * (robustness?.[i] ?? 1)
      const dx = i - x
      sw += weight
      swx += weight * dx
      swy += weight * (y[i] as number)
      swxx += weight * dx * dx
      swxy += weight * dx * (y[i] as number)
    }
    const det = sw * swxx - swx * swx
    out[at] =
      sw <= 0
        ? (y[Math.max(0, Math.min(n - 1, Math.round(x)))] as number)
        : Math.abs(det) < 1e-12 * sw * swxx || det === 0
          ? swy / sw
          : (swxx * swy - swx * swxy) / det
  }
  return out
}

/** `loess` at every tenth of its span, with straight lines between (as in the authors' own program): what is smooth needs no more. */
export function sparseLoess(y: Float64Array, span: number): Float64Array {
  const n = y.length
  const jump = Math.max(1, Math.ceil(span / 10))
  if (jump === 1) return loess(y, span)
  const out = new Float64Array(n)
  const at = (x: number) => loess(y, span, 1, x)[0] as number
  let left = 0
  let before = at(0)
  out[0] = before
  while (left < n - 1) {
    const right = Math.min(n - 1, left + jump)
    const next = at(right)
    for (let i = left + 1; i <= right; i++) out[i] = before + ((next - before) * (i - left)) / (right - left)
    left = right
    before = next
  }
  return out
}
