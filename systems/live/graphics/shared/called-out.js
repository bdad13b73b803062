/**
 * Whether an insight may be shown as an alert. A rule that has a floor says so; what has none, such as a win probability, always may.
 * @param {import('../../src/domain/insight.ts').Insight} insight
 */
export function isCalledOut({ detail }) {
  return detail['isAlert'] !== false
}
