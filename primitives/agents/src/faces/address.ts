/** Where callers find this server: as an administrator says, or as the request was addressed (the server has checked its host by then). */
export function addressOfServer(publicUrl: string | undefined, headers: Pick<Headers, 'get'>): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '')
  const scheme = headers.get('x-forwarded-proto') === 'https' ? 'https' : 'http'
  return `${scheme}://${headers.get('host') ?? 'localhost'}`
}
