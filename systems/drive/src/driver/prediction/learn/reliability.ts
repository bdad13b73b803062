/** Predictions whose probability lies from `low` to `high`. */
export interface ReliabilityBin {
  low: number
  high: number
  count: number
  meanPredicted: number
  meanHappened: number
}

/** Ten bins of equal width; those without a prediction are left out. */
export function reliabilityBins(predicted: readonly number[], happened: readonly number[]): ReliabilityBin[] {
  const bins = Array.from({ length: 10 }, (_, index) => ({
    low: index / 10,
    high: (index + 1) / 10,
    count: 0,
    meanPredicted: 0,
    meanHappened: 0,
  }))
  for (const [index, probability] of predicted.entries()) {
    const bin = bins[Math.min(9, Math.floor(10 * probability))] as ReliabilityBin
    bin.count++
    bin.meanPredicted += (probability - bin.meanPredicted) / bin.count
    bin.meanHappened += ((happened[index] as number) - bin.meanHappened) / bin.count
  }
  return bins.filter(({ count }) => count > 0)
}

/** Expected calibration error: how far the bins are off, weighed by their predictions (Naeini et al. 2015). */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, { count }) => sum + count, 0)
  return bins.reduce(
    (sum, { count, meanPredicted, meanHappened }) =>
      sum + (count / Math.max(1, total)) * Math.abs(meanPredicted - meanHappened),
    0,
  )
}

const left = 56
const top = 44
const plot = 360

/** Predicted against happened as standalone SVG, a dot a bin, its area by predictions. */
export function reliabilityPicture(title: string, bins: readonly ReliabilityBin[]): string {
  const most = Math.max(1, ...bins.map(({ count }) => count))
  const x = (share: number) => (left + share * plot).toFixed(1)
  const y = (share: number) => (top + (1 - share) * plot).toFixed(1)
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((tick) => [
    `<line x1="${x(tick)}" y1="${y(0)}" x2="${x(tick)}" y2="${y(1)}" stroke="#dde1e8"/>`,
    `<line x1="${x(0)}" y1="${y(tick)}" x2="${x(1)}" y2="${y(tick)}" stroke="#dde1e8"/>`,
    `<text x="${left - 8}" y="${(Number(y(tick)) + 4).toFixed(1)}" text-anchor="end">${100 * tick} %</text>`,
    `<text x="${x(tick)}" y="${top + plot + 18}" text-anchor="middle">${100 * tick} %</text>`,
  ])
  const line = bins
    .map(({ meanPredicted, meanHappened }) => `${x(meanPredicted)},${y(meanHappened)}`)
    .join(' ')
  const dots = bins.map(
    ({ meanPredicted, meanHappened, count }) =>
      `<circle cx="${x(meanPredicted)}" cy="${y(meanHappened)}" r="${(3 + 6 * Math.sqrt(count / most)).toFixed(1)}" fill="#1f6feb" stroke="#fff" stroke-width="1.5"/>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 460 460" width="460" height="460" role="img" font-family="system-ui, sans-serif" font-size="11" fill="#6b7484">`,
    `<title>${title}</title>`,
    `<rect width="460" height="460" fill="#fff"/>`,
    `<text x="${left}" y="26" font-size="14" font-weight="600" fill="#1c2330">${title}</text>`,
    ...ticks,
    `<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#6b7484" stroke-dasharray="4 4"/>`,
    `<polyline points="${line}" fill="none" stroke="#1f6feb" stroke-width="1.5"/>`,
    ...dots,
    `<text x="${x(0.5)}" y="${top + plot + 40}" text-anchor="middle" fill="#1c2330">Probability that was told</text>`,
    `<text transform="translate(14 ${y(0.5)}) rotate(-90)" text-anchor="middle" fill="#1c2330">Share that was nearest</text>`,
    `</svg>`,
    '',
  ].join('\n')
}
