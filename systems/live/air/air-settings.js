/**
 * @typedef {object} AirSettings
 * @property {string} match
 * @property {string[]} graphics Names of graphics, e.g. `burn-bar`; empty: all.
 * @property {string[]} feeds Addresses of servers.
 * @property {string | null} layer Layer of the control page that is followed; null: the insights decide alone.
 * @property {'program' | 'preview'} bus
 * @property {'sse' | 'ws'} transport
 * @property {string | null} key
 * @property {number} minImportance
 * @property {boolean} isShowingStale
 */

/**
 * Reads the address of the page. Throws an error that says what is missing.
 * @param {string} href @returns {AirSettings}
 */
export function airSettings(href) {
  const { searchParams: query, origin } = new URL(href)
  const match = query.get('match') ?? ''
  if (match === '') throw new Error('The address needs ?match=… with the id of a match.')
  const list = (/** @type {string} */ name) =>
    (query.get(name) ?? '').split(',').filter((part) => part !== '')
  const feeds = list('feeds').map((feed) => new URL(feed.includes('://') ? feed : `http://${feed}`).origin)
  const graphics = list('graphics')
  // Whoever names graphics wants them whenever there is something to show; all of them at once need choosing.
  const usual = graphics.length > 0 ? 0 : 0.5
  const importance = Number(query.get('importance') ?? usual)
  return {
    match,
    graphics,
    feeds: feeds.length > 0 ? feeds : [origin],
    layer: query.get('layer'),
    bus: query.get('bus') === 'preview' ? 'preview' : 'program',
    transport: query.get('transport') === 'ws' ? 'ws' : 'sse',
    key: query.get('key'),
    minImportance: Number.isFinite(importance) ? importance : usual,
    isShowingStale: query.get('stale') === 'show',
  }
}
