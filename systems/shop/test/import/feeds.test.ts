import { describe, expect, it } from 'vitest'
import type { FeedEvent, FeedProduct, FeedReject } from '../../src/import/feed-row.ts'
import { readFeed } from '../../src/import/read-feed.ts'
import type { FeedOptions } from '../../src/import/feed-row.ts'

const defaults: FeedOptions = { format: null, content: null, mapping: {}, currency: 'USD' }

async function* inChunks(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(input: string | Uint8Array, options: Partial<FeedOptions> = {}, chunk = 7919) {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input
  const events: FeedEvent[] = []
  for await (const batch of readFeed(() => inChunks(bytes, chunk), { ...defaults, ...options }))
    events.push(...batch.filter(({ kind }) => kind !== 'plan'))
  const products: FeedProduct[] = events.flatMap((event) => (event.kind === 'product' ? [event.item] : []))
  const rejects: FeedReject[] = events.flatMap((event) => (event.kind === 'reject' ? [event.reject] : []))
  const notes = events.flatMap((event) => (event.kind === 'note' ? [event.text] : []))
  const unusable = events.find((event) => event.kind === 'unusable')
  return { events, products, rejects, notes, unusable }
}

describe('CSV', () => {
  it('reads products, and every unknown column as an attribute [SHOP-IMPORT-01]', async () => {
    const { products, rejects } = await read(
      'SKU,Product Name,Price,Vendor,Category,Frame Material,Qty\nb-1,Road bike,"1,299.00",Velquist,Sports > Cycling,Carbon,3\n',
    )
    expect(rejects).toEqual([])
    expect(products.map(({ product }) => product)).toEqual([
      expect.objectContaining({
        id: 'b-1',
        title: 'Road bike',
        brand: 'Velquist',
        categories: ['Sports', 'Cycling'],
        attributes: { frame_material: ['Carbon'] },
        variants: [
          expect.objectContaining({ id: 'b-1', price: { minor: 129_900, currency: 'USD' }, stock: 3 }),
        ],
      }),
    ])
  })

  it.each([';', '\t', '|'])('detects the delimiter %j', async (delimiter) => {
    const rows = ['id', 'title', 'price'].join(delimiter) + '\r\n' + ['1', 'A, b', '9,95'].join(delimiter)
    const { products } = await read(rows)
    expect(products[0]?.product.title).toBe('A, b')
    expect(products[0]?.product.variants[0]?.price.minor).toBe(995)
  })

  it('keeps line breaks inside quotes, mixed line ends and true line numbers', async () => {
    const { products, rejects } = await read(
      'id,title,price,description\r\n1,One,1,"a\nb"\r2,Two,-2,x\n3,"Say ""hi""",3,5" pipe\n',
    )
    expect(products.map(({ product }) => product.title)).toEqual(['One', 'Say "hi"'])
    expect(products[1]?.product.description).toBe('5" pipe')
    expect(rejects).toEqual([expect.objectContaining({ line: 4, code: 'negative-price' })])
  })

  it('loses only the line whose quote never closes [SHOP-IMPORT-02]', async () => {
    const { products, rejects } = await read('id,title,price\n1,"One,1\n2,Two,2\n3,Three,3\n')
    expect(products.map(({ product }) => product.id)).toEqual(['2', '3'])
    expect(rejects).toEqual([expect.objectContaining({ line: 2, code: 'unclosed-quote', raw: '1,"One,1\n' })])
  })

  it('rejects a half-written last row [SHOP-IMPORT-03]', async () => {
    const { products, rejects } = await read('id,title,price\n1,One,1\n2,"Tw')
    expect(products).toHaveLength(1)
    expect(rejects).toEqual([expect.objectContaining({ line: 3, code: 'unclosed-quote' })])
  })

  it('says which column is missing, what there is and how to map it [SHOP-IMPORT-03]', async () => {
    const { products, unusable } = await read('id,price,code\n1,5,x\n')
    expect(products).toEqual([])
    expect(unusable).toMatchObject({ code: 'missing-columns' })
    expect(unusable?.reason).toContain('title')
    expect(unusable?.reason).toContain('id, price, code')
    expect(unusable?.reason).toContain('--map title=COLUMN')
    const mapped = await read('id,cost,code\n1,5,x\n', { mapping: { title: 'code', price: 'cost' } })
    expect(mapped.products[0]?.product).toMatchObject({ title: 'x', variants: [{ price: { minor: 500 } }] })
  })

  it('rejects duplicates, empty titles, wrong prices and long rows, each with its line [SHOP-IMPORT-03]', async () => {
    const { products, rejects } = await read(
      'id,title,price\n1,One,1\n1,Again,1\n2,,1\n3,Three,free\n4,Four,4,5\n,Six,6\n',
    )
    expect(products).toHaveLength(1)
    expect(rejects.map(({ line, code }) => [line, code])).toEqual([
      [3, 'duplicate-id'],
      [4, 'missing-title'],
      [5, 'bad-price'],
      [6, 'too-many-cells'],
      [7, 'missing-id'],
    ])
    expect(rejects[0]?.reason).toContain('line 2')
  })

  it('strips HTML from titles and decodes entities [SHOP-IMPORT-03]', async () => {
    const { products } = await read(
      'id,title,price\n1,"<b>Salt</b> &amp; <script>alert(1)</script>Pepper &#8211; set",1\n2,&lt;i&gt;Escaped&lt;/i&gt; tags,1\n',
    )
    expect(products.map(({ product }) => product.title)).toEqual(['Salt & Pepper – set', 'Escaped tags'])
  })

  it('rejects a cell of two million characters and goes on [SHOP-IMPORT-03]', async () => {
    const { products, rejects } = await read(
      `id,title,price,description\n1,One,1,${'x'.repeat(2_000_000)}\n2,Two,2,y\n`,
      {},
      65_536,
    )
    expect(products.map(({ product }) => product.id)).toEqual(['2'])
    expect(rejects[0]).toMatchObject({ line: 2, code: 'cell-too-large' })
    expect(rejects[0]?.raw.length).toBeLessThan(9000)
  })

  it('groups variant rows by item_group_id, also when the group comes up again later', async () => {
    const { products } = await read(
      'id,item_group_id,title,price,color\na-r,a,Boot,10,Red\na-b,a,Boot,11,Blue\nb,,Sock,2,\na-g,a,Boot,12,Green\n',
    )
    expect(
      products.map(({ product, continues, rows }) => [product.id, product.variants.length, continues, rows]),
    ).toEqual([
      ['a', 2, false, 2],
      ['b', 1, false, 1],
      ['a', 1, true, 1],
    ])
  })

  it('takes a sale price as the price and the price before it as compareAt', async () => {
    const { products } = await read('id,title,price,sale_price\n1,One,20,15\n2,Two,20,25\n')
    expect(products.map(({ product }) => product.variants[0])).toEqual([
      expect.objectContaining({
        price: { minor: 1500, currency: 'USD' },
        compareAt: { minor: 2000, currency: 'USD' },
      }),
      expect.objectContaining({ price: { minor: 2000, currency: 'USD' }, compareAt: null }),
    ])
  })
})

describe('encodings', () => {
  const csv = 'id,title,price\n1,Köder für Kühe,9\n'
  const utf16 = (text: string, littleEndian: boolean, mark: boolean) => {
    const bytes = Buffer.from((mark ? '\uFEFF' : '') + text, 'utf16le')
    return new Uint8Array(littleEndian ? bytes : bytes.swap16())
  }
  it.each([
    ['UTF-8 with a mark', new TextEncoder().encode('\uFEFF' + csv)],
    ['UTF-16 LE with a mark', utf16(csv, true, true)],
    ['UTF-16 BE with a mark', utf16(csv, false, true)],
    ['UTF-16 LE without', utf16(csv, true, false)],
    ['Windows-1252', new Uint8Array(Buffer.from(csv, 'latin1'))],
  ])('reads %s [SHOP-IMPORT-03]', async (name, bytes) => {
    const { products, notes } = await read(bytes, {}, 5)
    expect(products[0]?.product.title).toBe('Köder für Kühe')
    expect(notes.length).toBe(name.startsWith('UTF-8') ? 0 : 1)
  })

  it('drops NULs and says so', async () => {
    const { products, notes } = await read('id,title,price\n1,A\0B\0,9\n')
    expect(products[0]?.product.title).toBe('AB')
    expect(notes).toEqual(['2 NUL characters were dropped.'])
  })
})

describe('JSONL', () => {
  it('reads flat rows and whole products, and rejects what is neither [SHOP-IMPORT-01]', async () => {
    const whole = {
      product: { id: 'w', title: 'Whole', variants: [{ id: 'w1', price: { minor: 500, currency: 'EUR' } }] },
      reviews: [{ id: 'r1', rating: 4, text: 'Good.', atMs: 1_000 }],
      priceHistory: [{ variantId: 'w1', minor: 600, atMs: 500 }],
    }
    const lines = [
      '{"id":1,"title":"Flat","price":3.5,"color":"Red"}',
      JSON.stringify(whole),
      '[1]',
      '{"id":"x"',
      '{"id":"n","title":"N","variants":[{"id":"n1","price":{"minor":-1,"currency":"USD"}}]}',
    ]
    const { products, rejects } = await read(lines.join('\n'))
    expect(products.map(({ product }) => product.id)).toEqual(['1', 'w'])
    expect(products[0]?.product.variants[0]).toMatchObject({
      price: { minor: 350 },
      options: { color: 'Red' },
    })
    expect(products[1]).toMatchObject({
      reviews: [{ id: 'r1', productId: 'w', rating: 4 }],
      priceHistory: [{ minor: 600 }],
    })
    expect(rejects.map(({ line, code }) => [line, code])).toEqual([
      [3, 'not-an-object'],
      [4, 'bad-json'],
      [5, 'negative-price'],
    ])
  })

  it('reads names such as constructor and __proto__ as ordinary attributes', async () => {
    const { products } = await read(
      '{"id":"1","title":"T","price":1,"constructor":"c","__proto__":{"x":1},"toString":"t"}',
    )
    expect(Object.keys(products[0]?.product.attributes ?? {}).toSorted()).toEqual([
      'constructor',
      'to_string',
    ])
  })
})

describe('Shopify export', () => {
  it('puts what the store calls the kind below Shopify’s own categories [SHOP-IMPORT-01]', async () => {
    const { products } = await read(
      [
        'Handle,Title,Body (HTML),Vendor,Product Category,Type,Option1 Name,Option1 Value,Variant Price',
        'flat,EC FLAT,,Oakhaven,Jewelry > Earrings,Ear cuffs,Title,Default Title,20.00',
        'hoop,EP HOOP,,Oakhaven,Jewelry > Earrings,Earring,Title,Default Title,20.00',
        'pin,PIN,,Oakhaven,,Pins,Title,Default Title,20.00',
      ].join('\n'),
    )
    expect(products.map(({ product }) => product.categories)).toEqual([
      ['Jewelry', 'Earrings', 'Ear cuffs'],
      ['Jewelry', 'Earrings'],
      ['Pins'],
    ])
  })

  const header =
    'Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src,Variant Image'
  it('joins the rows of a handle with options, images and stock [SHOP-IMPORT-01]', async () => {
    const { products, rejects } = await read(
      [
        header,
        'tee,Tee,<p>Soft &amp; light</p>,Oakhaven,Tops,"summer, basics",Color,Red,Size,M,\'T-R-M,shopify,4,20.00,25.00,https://x.test/1.png,https://x.test/r.png',
        'tee,,,,,,,Blue,,M,T-B-M,,,20.00,,https://x.test/2.png,',
        'tee,,,,,,,,,,,,,,,https://x.test/3.png,',
        'cap,Cap,,Oakhaven,Hats,,Title,Default Title,,,CAP,shopify,0,9.00,,,',
      ].join('\n'),
    )
    expect(rejects).toEqual([])
    expect(products).toHaveLength(2)
    expect(products[0]?.rows).toBe(3)
    expect(products[0]?.product).toMatchObject({
      id: 'tee',
      description: 'Soft & light',
      attributes: { tags: ['summer', 'basics'] },
      images: [
        'https://x.test/r.png',
        'https://x.test/1.png',
        'https://x.test/2.png',
        'https://x.test/3.png',
      ],
      variants: [
        {
          id: 'T-R-M',
          options: { color: 'Red', size: 'M' },
          stock: 4,
          compareAt: { minor: 2500 },
          image: 'https://x.test/r.png',
        },
        { id: 'T-B-M', options: { color: 'Blue', size: 'M' }, stock: null, compareAt: null },
      ],
    })
    expect(products[1]?.product.variants).toEqual([expect.objectContaining({ options: {}, stock: 0 })])
  })

  it('counts what is there where an export has no column for whether it is counted [SHOP-IMPORT-01]', async () => {
    const { products } = await read(
      [
        'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price',
        'clog,Clog,Size,38,C-38,0,30.00',
        'clog,,,39,C-39,6,30.00',
      ].join('\n'),
    )
    expect(products[0]?.product.variants.map(({ stock }) => stock)).toEqual([0, 6])
  })

  it('reads the newer columns, and takes a choice without a price for one that is asked for [SHOP-IMPORT-01]', async () => {
    const { products, rejects } = await read(
      [
        'Title,URL handle,Description,Vendor,Type,Tags,Published on online store,Status,SKU,Option1 name,Option1 value,Price,Inventory tracker,Inventory quantity,Product image URL',
        'Mock Orange,mock-orange,White blossoms,Bloom,shrub,"native, pollinator",TRUE,active,M-1,Size,1 Gal,,shopify,47,https://x.test/1.png',
        ',mock-orange,,,,,,,M-2,,2 gal,19.50,shopify,5,',
        'Draft,draft,,Bloom,shrub,,TRUE,draft,D-1,Title,Default Title,9.00,,,',
      ].join('\n'),
    )
    expect(rejects.filter(({ code }) => code !== 'hidden')).toEqual([])
    expect(products.map(({ product }) => product)).toMatchObject([
      {
        id: 'mock-orange',
        description: 'White blossoms',
        attributes: { tags: ['native', 'pollinator'] },
        variants: [
          { options: { size: '1 Gal' }, price: { minor: 0, currency: 'XXX' }, stock: 47 },
          { options: { size: '2 gal' }, price: { minor: 1950 }, stock: 5 },
        ],
      },
    ])
  })
})

describe('ratings', () => {
  it('are kept where the feed counts none, and e-mail addresses are no facets', async () => {
    const { products } = await read(
      ['Lego', 'Barbie', 'Puzzle']
        .map((name, at) =>
          JSON.stringify({ id: at, name, price: 9, rating: 4.5 + at / 10, sellerEmail: `s${at}@x.test` }),
        )
        .join('\n'),
    )
    expect(products.map(({ product }) => product.rating)).toEqual([
      { average: 4.5, count: 0 },
      { average: 4.6, count: 0 },
      { average: 4.7, count: 0 },
    ])
    expect(products.every(({ product }) => Object.keys(product.attributes).length === 0)).toBe(true)
  })
})

describe('Merchant XML', () => {
  const rss = (items: string) =>
    `<?xml version="1.0"?><rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>${items}</channel></rss>`
  const item = (id: string, more = '') =>
    `<item><g:id>${id}</g:id><title>Lamp &amp; shade ${id}</title><g:price>19.99 EUR</g:price><link>https://x.test/${id}</link>${more}</item>`

  it('reads RSS items with groups, shipping and details [SHOP-IMPORT-01]', async () => {
    const { products } = await read(
      rss(
        item(
          '1',
          '<g:item_group_id>g</g:item_group_id><g:color>Red</g:color><g:shipping><g:country>DE</g:country><g:price>0 EUR</g:price></g:shipping><g:product_detail><g:attribute_name>Socket</g:attribute_name><g:attribute_value>E27</g:attribute_value></g:product_detail>',
        ) +
          item(
            '2',
            '<g:item_group_id>g</g:item_group_id><g:color>Blue</g:color><g:availability>out of stock</g:availability>',
          ),
      ),
      {},
      11,
    )
    expect(products).toHaveLength(1)
    expect(products[0]?.product).toMatchObject({
      id: 'g',
      title: 'Lamp & shade 1',
      services: ['free-shipping'],
      attributes: { socket: ['E27'] },
      url: 'https://x.test/1',
      variants: [
        { id: '1', options: { color: 'Red' }, price: { minor: 1999, currency: 'EUR' } },
        { id: '2', options: { color: 'Blue' }, stock: 0 },
      ],
    })
  })

  it('reads Atom entries', async () => {
    const { products } = await read(
      '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><entry><g:id>1</g:id><title><![CDATA[Cup <b>blue</b>]]></title><link href="https://x.test/1"/><g:price>5 USD</g:price></entry></feed>',
    )
    expect(products[0]?.product).toMatchObject({ id: '1', title: 'Cup blue', url: 'https://x.test/1' })
  })

  it('keeps what came before the file breaks off', async () => {
    const { products, rejects } = await read(rss(item('1') + item('2')).slice(0, -70))
    expect(products.map(({ product }) => product.id)).toEqual(['1'])
    expect(rejects).toEqual([expect.objectContaining({ code: 'cut-off' })])
  })

  it('expands no entity that the document defines [SHOP-IMPORT-07]', async () => {
    const bomb = `<!DOCTYPE rss [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${rss(item('1', '<description>&b;</description>') + item('2'))}`
    const { products, rejects } = await read(bomb)
    expect(JSON.stringify(products)).not.toContain('xxxxxxxxxx')
    expect(rejects.map(({ code }) => code)).toEqual(['bad-xml'])
    expect(products.map(({ product }) => product.id)).toEqual(['2'])
  })
})

describe('reviews and questions', () => {
  it('reads reviews by product id and gives the same id to the same review [SHOP-IMPORT-01]', async () => {
    const csv =
      'product_id,rating,review_text,author,date\np1,5,Great <b>grip</b>,Ann,2026-03-01\np1,9,Bad,Bob,2026-03-01\np1,4,Ok,Cy,yesterday\n'
    const first = await read(csv)
    const again = await read(csv)
    expect(first.events.filter(({ kind }) => kind === 'review')).toEqual(
      again.events.filter(({ kind }) => kind === 'review'),
    )
    expect(first.events[0]).toMatchObject({
      review: { productId: 'p1', rating: 5, text: 'Great grip', atMs: Date.UTC(2026, 2, 1) },
    })
    expect(first.rejects.map(({ code }) => code)).toEqual(['bad-rating', 'bad-date'])
  })

  it('reads questions with their answers', async () => {
    const { events } = await read(
      '{"product_id":"p1","question":"Is it warm?","answers":[{"text":"Yes.","votes":3}]}',
    )
    expect(events[0]).toMatchObject({
      question: { productId: 'p1', question: 'Is it warm?', answers: [{ text: 'Yes.', votes: 3 }] },
    })
  })
})

it('says what to do with an empty file', async () => {
  const { unusable } = await read('')
  expect(unusable).toMatchObject({ code: 'no-rows' })
})
