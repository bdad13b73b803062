import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Product } from '../domain/product.ts'

export interface PictureTables {
  picture_key: { id: number; secret: string }
}

/** Below the server's own origin. */
const below = '/api/shop/pictures/'
const longestUrl = 2_000

/**
 * Our own addresses of pictures that lie on other hosts, so that whoever looks at a product is seen by nobody else. An address
 * holds the picture's own with a signature: the server fetches what it named itself, and nothing for anybody else.
 */
export class PictureAddresses {
  readonly #db: Kysely<PictureTables>
  #secret: Promise<string> | null = null

  constructor(db: Kysely<PictureTables>) {
    this.#db = db
  }

  /** The products with our addresses in place of foreign ones; those of pictures of our own stay. */
  async ofProducts(products: readonly Product[]): Promise<Product[]> {
    if (products.length === 0) return []
    const secret = await this.#read()
    const own = (url: string): string => ownAddress(url, secret)
    return products.map((product) => ({
      ...product,
      images: product.images.map(own),
      variants: product.variants.map((variant) =>
        variant.image === null ? variant : { ...variant, image: own(variant.image) },
      ),
    }))
  }

  /** The picture's own address, or null when the signature is not ours. */
  async read(signature: string, encoded: string): Promise<string | null> {
    return readAddress(signature, encoded, await this.#read())
  }

  #read(): Promise<string> {
    this.#secret ??= this.#load().catch((error: unknown) => {
      this.#secret = null
      throw error
    })
    return this.#secret
  }

  async #load(): Promise<string> {
    await this.#db
      .insertInto('picture_key')
      .values({ id: 1, secret: randomBytes(32).toString('base64url') })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
    return (await this.#db.selectFrom('picture_key').select('secret').executeTakeFirstOrThrow()).secret
  }
}

/** `/api/shop/pictures/<signature>/<address in base64url>`; an address that is not http(s), or is absurdly long, stays as it is. */
export function ownAddress(url: string, secret: string): string {
  if (!/^https?:\/\//i.test(url) || url.length > longestUrl) return url
  const encoded = Buffer.from(url).toString('base64url')
  return `${below}${signatureOf(encoded, secret)}/${encoded}`
}

export function readAddress(signature: string, encoded: string, secret: string): string | null {
  const given = Buffer.from(signature)
  const expected = Buffer.from(signatureOf(encoded, secret))
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  return Buffer.from(encoded, 'base64url').toString()
}

function signatureOf(encoded: string, secret: string): string {
  return createHmac('sha256', secret).update(`picture:${encoded}`).digest('base64url').slice(0, 22)
}
