import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

export const clients = { secret: 'the secret of the client of this test' }

/** A real authorization server on loopback, whose people sign in with any name; access tokens hold a minute. */
export async function startAuthorizationServer(redirectUri: string) {
  const asked: string[] = []
  const resources: string[] = []
  let answer: ReturnType<Provider['callback']> | null = null
  const server = createServer((request, response) => {
    void answer?.(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'heavylift',
        client_secret: clients.secret,
        redirect_uris: [redirectUri],
        grant_types: [
          'authorization_code',
          'refresh_token',
          'client_credentials',
          'urn:ietf:params:oauth:grant-type:device_code',
        ],
      },
    ],
    features: {
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      devInteractions: { enabled: true },
      registration: { enabled: true },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => {
          resources.push(resource)
          return { scope: 'orders', accessTokenFormat: 'opaque' as const }
        },
      },
    },
    scopes: ['openid', 'offline_access', 'orders'],
    ttl: {
      AccessToken: 3_600,
      ClientCredentials: 3_600,
      RefreshToken: 86_400,
      DeviceCode: 600,
      Grant: 86_400,
      Session: 3_600,
      Interaction: 3_600,
      IdToken: 3_600,
      AuthorizationCode: 60,
    },
    // A refresh token holds once; one that comes again takes the whole grant away.
    rotateRefreshToken: true,
    pkce: { required: () => true },
    cookies: { keys: ['a key of this test'] },
  })
  provider.on('grant.success', (ctx) => asked.push(String(ctx.oidc.params?.['grant_type'])))
  answer = provider.callback()
  return {
    issuer,
    /** `grant_type` of each request that got tokens. */
    asked,
    /** Whom tokens were asked for, RFC 8707. */
    resources,
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}

/** A person's browser: goes where it is sent, signs in and allows what it is asked for, and stops at `until`. */
export async function allowInBrowser(start: string, until: string): Promise<string> {
  const trail: string[] = []
  const jar = new Map<string, string>()
  let url = start
  let form: URLSearchParams | null = null
  for (let hops = 0; hops < 25; hops++) {
    if (url.startsWith(until)) return url
    const response = await fetch(url, {
      method: form === null ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === null ? {} : { body: form }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    trail.push(`${form === null ? 'GET' : `POST ${form}`} ${url} ${response.status}`)
    form = null
    const location = response.headers.get('location')
    const page = await response.text()
    if (location !== null) {
      url = new URL(location, url).href
      continue
    }
    const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1]
    if (action === undefined) return page
    const given = new URLSearchParams()
    for (const [, name, value] of page.matchAll(
      /<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g,
    ))
      given.set(name!, value!)
    if (page.includes('name="login"')) given.set('login', 'ada')
    const code = new URL(start).searchParams.get('user_code')
    if (page.includes('name="user_code"') && !given.has('user_code')) given.set('user_code', code ?? '')
    if (page.includes('name="password"')) given.set('password', 'any')
    url = new URL(action.replaceAll('&amp;', '&'), url).href
    form = given
  }
  throw new Error(`The browser was sent around for too long:\n${trail.join('\n')}`)
}
