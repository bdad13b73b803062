import { NotFoundError, RawResponse, route } from '@heavylift/core'
import { z } from 'zod'
import type { ShopContext } from '../context.ts'

const pictureTypes = ['image/avif', 'image/gif', 'image/jpeg', 'image/png', 'image/webp']

/** Products' pictures that lie on other hosts. */
export function pictureRoutes(shop: ShopContext) {
  return [
    route({
      method: 'get',
      path: '/pictures/:signature/:address',
      summary:
        'A picture of a product that lies on another host, fetched by the server; products name its address.',
      access: 'public',
      params: z.object({ signature: z.string().max(40), address: z.string().max(4_000) }),
      media: pictureTypes,
      handle: async ({ params }) => {
        const url = await shop.pictures.read(params.signature, params.address)
        if (url === null) {
          throw new NotFoundError({
            code: 'picture-not-found',
            message: 'This is no address of a picture that this server gave. Take it from the product.',
          })
        }
        const { contentType, bytes } = await shop.pictureCache.read(url)
        return new RawResponse(bytes, {
          'content-type': contentType,
          'cache-control': 'public, max-age=86400',
          // The assistant shows them on the store's own pages.
          'cross-origin-resource-policy': 'cross-origin',
        })
      },
    }),
  ]
}
