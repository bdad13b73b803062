import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pagePolicy, servePages } from '../src/pages/static-files.ts'
import { testState } from './support/test-state.ts'

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'heavylift-pages-'))
  await mkdir(path.join(dir, 'console/assets'), { recursive: true })
  await mkdir(path.join(dir, 'store'))
  await writeFile(path.join(dir, 'secret.txt'), 'secret')
  await writeFile(path.join(dir, 'console/index.html'), '<html><script>let a = 1</script>console</html>')
  await writeFile(path.join(dir, 'console/assets/main-a1B2c3D4.js'), 'main')
  await writeFile(path.join(dir, 'console/theme.js'), 'theme')
  await writeFile(path.join(dir, 'store/index.html'), 'store')
  await symlink(path.join(dir, 'secret.txt'), path.join(dir, 'console/link.txt'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const get = (pathname: string, headers: Record<string, string> = {}): Promise<Response | null> => {
  const folders = [
    { mount: '/', dir: path.join(dir, 'console') },
    { mount: '/store/', dir: path.join(dir, 'store') },
    { mount: '/shared/', dir: path.join(dir, 'store'), isShared: true, connectSources: ['https:'] },
  ]
  return servePages(() => folders)(
    new Request(`http://localhost${pathname}`, { headers }),
    testState(pathname),
  )
}
const body = async (pathname: string): Promise<string | undefined> => (await get(pathname))?.text()

describe('pages', () => {
  it('come from the folder with the longest mount', async () => {
    expect(await body('/')).toContain('console')
    expect(await body('/store/')).toBe('store')
    expect(await body('/store/p/12')).toBe('store')
    expect((await get('/store'))?.headers.get('location')).toBe('/store/')
  })

  it('answer every address of the app, but no missing script', async () => {
    expect(await body('/shop/search-lab')).toContain('console')
    expect(await get('/assets/gone-a1B2c3D4.js')).toBeNull()
  })

  it('are kept for ever only when their name holds a hash [SERVER-PAGES-01]', async () => {
    expect((await get('/assets/main-a1B2c3D4.js'))?.headers.get('cache-control')).toContain('immutable')
    expect((await get('/theme.js'))?.headers.get('cache-control')).toBe('no-cache')
    expect((await get('/'))?.headers.get('cache-control')).toBe('no-cache')
  })

  it('are read by other sites, and connect elsewhere, only where their folder says so', async () => {
    const [own, shared] = [await get('/store/'), await get('/shared/')]
    expect(own?.headers.get('access-control-allow-origin')).toBeNull()
    expect(own?.headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(own?.headers.get('content-security-policy')).toContain("connect-src 'self';")
    expect(shared?.headers.get('access-control-allow-origin')).toBe('*')
    expect(shared?.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(shared?.headers.get('content-security-policy')).toContain("connect-src 'self' https:;")
  })

  it('answer 304 to a known tag', async () => {
    const etag = (await get('/theme.js'))?.headers.get('etag') ?? ''
    const again = await get('/theme.js', { 'if-none-match': `W/"x", ${etag}` })
    expect([again?.status, await again?.text()]).toEqual([304, ''])
  })

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/link.txt',
    '/store/..%2f..%2fsecret.txt',
    '/%00',
  ])('never leave their folder: %s', async (pathname) => {
    expect((await body(pathname)) ?? '').not.toContain('secret')
  })

  it('run only own scripts and the inline ones they hold [SERVER-PAGES-01]', async () => {
    const policy = (await get('/'))?.headers.get('content-security-policy')
    expect(policy).toContain("script-src 'self' 'sha256-")
    expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/)
  })

  it('load pictures from no third host, and ask the browser for no camera or place [SERVER-PAGES-02]', async () => {
    for (const pathname of ['/', '/store/', '/shared/']) {
      const headers = (await get(pathname))?.headers
      expect(/img-src([^;]*);/.exec(headers?.get('content-security-policy') ?? '')?.[1]).toBe(
        " 'self' data: blob:",
      )
      const allowed = headers?.get('permissions-policy') ?? ''
      for (const feature of ['camera', 'geolocation', 'microphone', 'payment', 'usb'])
        expect(allowed).toContain(`${feature}=()`)
    }
  })

  it('run scripts of their own files', () => {
    expect(pagePolicy('<script src="/a.js"></script>')).toContain("script-src 'self';")
  })
})
