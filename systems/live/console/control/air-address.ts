/** Address of a layer's picture for a browser source; relative to the server without `origin`. */
export function airAddress(options: {
  origin?: string
  match: string
  layer: string
  bus?: 'preview'
  transport?: 'ws'
}): string {
  const query = new URLSearchParams({ match: options.match, layer: options.layer })
  if (options.bus) query.set('bus', options.bus)
  if (options.transport) query.set('transport', options.transport)
  return `${options.origin ?? ''}/live/air/?${query.toString()}`
}
