// @vitest-environment happy-dom
import { fakeServer, renderPage, routesFrom } from '@heavylift/ui/testing'
import { beforeEach, expect, test } from 'vitest'
import { routeGroups } from '../../src/routes/route-groups.ts'
import type { ShopRoutes } from '../../src/routes/route-groups.ts'
import Home from '../../storefront/src/pages/home.tsx'

const routes = routesFrom(routeGroups)
let server = fakeServer<ShopRoutes>('/api/shop', routes)
beforeEach(() => {
  server = fakeServer<ShopRoutes>('/api/shop', routes)
})

const shop = { name: 'Shop', isSample: true, starters: [] }
const lamps = { name: 'Lamps', count: 2, categories: [] }

test('a store that is being read says so, and shows its shelves by itself when they fill [SHOP-STOREFRONT-04]', async () => {
  server.answer('get', '/store', { ...shop, isBeingRead: true })
  server.answer('get', '/categories', { departments: [] })
  server.answer('get', '/products', { products: [], total: 0, unmentioned: [] })
  const page = await renderPage(Home, { servers: [server] })
  expect(await page.findByText('The store is being read in')).toBeTruthy()
  server.answer('get', '/store', { ...shop, isBeingRead: false })
  server.answer('get', '/categories', { departments: [lamps] })
  await expect.poll(() => page.queryByText('Lamps')).toBeTruthy()
})

test('an empty store says so [SHOP-STOREFRONT-04]', async () => {
  server.answer('get', '/store', { ...shop, isBeingRead: false })
  server.answer('get', '/categories', { departments: [] })
  server.answer('get', '/products', { products: [], total: 0, unmentioned: [] })
  const page = await renderPage(Home, { servers: [server] })
  expect(await page.findByText('The shelves are empty')).toBeTruthy()
})

test('a department shows the first picture that can be had, and a plain field without one [SHOP-STOREFRONT-04]', async () => {
  const { products, ...rest } = server.sample('get', '/products')
  const lamp = products[0]
  if (lamp === undefined) throw new Error('The sample of an answer holds no product.')
  server.answer('get', '/categories', { departments: [lamps] })
  server.answer('get', '/products', ({ query }) => ({
    ...rest,
    products:
      query['category'] === undefined
        ? []
        : [
            { ...lamp, id: 'a', images: ['/gone.jpg'] },
            { ...lamp, id: 'b', images: ['/there.jpg'] },
          ],
  }))
  const page = await renderPage(Home, { servers: [server] })
  const picture = () => page.container.querySelector('.tiles img')
  await expect.poll(() => picture()?.getAttribute('src')).toBe('/gone.jpg')
  picture()?.dispatchEvent(new Event('error'))
  await expect.poll(() => picture()?.getAttribute('src')).toBe('/there.jpg')
  picture()?.dispatchEvent(new Event('error'))
  await expect.poll(() => page.container.querySelector('.tiles .no-picture')).toBeTruthy()
  expect(picture()).toBeNull()
})
