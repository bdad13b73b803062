/** Milliseconds of an ISO 8601 duration (`PT1.5S`, `P3D`). A month counts 30 days and a year 365: a wait has no calendar. */
export function durationMs(text: string): number {
  const found =
    /^P(?:([\d.,]+)Y)?(?:([\d.,]+)M)?(?:([\d.,]+)W)?(?:([\d.,]+)D)?(?:T(?:([\d.,]+)H)?(?:([\d.,]+)M)?(?:([\d.,]+)S)?)?$/.exec(
      text,
    )
  if (found === null) throw new Error(`Not an ISO 8601 duration: ${text}`)
  const [years, months, weeks, days, hours, minutes, seconds] = found
    .slice(1)
    .map((part) => (part === undefined ? 0 : Number(part.replace(',', '.')))) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const inDays = years * 365 + months * 30 + weeks * 7 + days
  return Math.round(((inDays * 24 + hours) * 3600 + minutes * 60 + seconds) * 1000)
}
