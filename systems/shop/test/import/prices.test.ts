import { describe, expect, it } from 'vitest'
import { noPrice } from '../../src/domain/money.ts'
import type { FeedEvent } from '../../src/import/feed-row.ts'
import type { FeedPlan } from '../../src/import/feed-plan.ts'
import { readFeed } from '../../src/import/read-feed.ts'

async function read(text: string, mapping: Record<string, string> = {}, currency = 'EUR') {
  const events: FeedEvent[] = []
  async function* open() {
    yield new TextEncoder().encode(text)
  }
  for await (const batch of readFeed(open, { format: null, content: 'products', mapping, currency }))
    events.push(...batch)
  const plan = events.flatMap((event) => (event.kind === 'plan' ? [event.plan] : []))[0] as FeedPlan
  const products = events.flatMap((event) => (event.kind === 'product' ? [event.item.product] : []))
  return {
    notes: plan.notes.join('\n'),
    products,
    prices: products.map(({ variants }) => variants.map(({ price }) => price.minor / 100)),
    hidden: events.filter(({ kind }) => kind === 'hidden').length,
    rejects: events.flatMap((event) => (event.kind === 'reject' ? [event.reject.code] : [])),
  }
}

const json = (rows: readonly object[]) => JSON.stringify(rows)
const goods = ['Apron', 'Basket', 'Candle', 'Dish', 'Easel', 'Funnel']

describe('what a price is for', () => {
  it.each(['€1,80 / 100g', '1,80 € al 100g', '1,80 €/100g', '1,80 EUR pro 100g'])(
    'is told with the goods where a cell says how much of them: %s',
    async (price) => {
      const { products, prices } = await read(
        json(goods.map((name) => ({ name, price: name === 'Dish' ? price : '2,50 €' }))),
      )
      expect(prices[3]).toEqual([1.8])
      expect(products.map(({ title }) => title)).toEqual(
        goods.map((name) => (name === 'Dish' ? 'Dish (100g)' : name)),
      )
    },
  )

  it.each(['19,90 € / Stück', '12.00 - 15.00', '$1,299.00'])('is the piece otherwise: %s', async (price) => {
    const { products } = await read(json(goods.map((name) => ({ name, price }))))
    expect(products.map(({ title }) => title)).toEqual(goods)
  })

  it('counts no stock where a quantity is one throughout, and does where it differs', async () => {
    const stocks = async (quantity: (n: number) => number) => {
      const { products } = await read(
        json(goods.map((name, n) => ({ name, quantity: quantity(n), price: 14.9 + n }))),
      )
      return products.map(({ variants }) => variants[0]?.stock)
    }
    expect(await stocks(() => 1)).toEqual(goods.map(() => null))
    const some = [3, 7, 3, 12, 5, 7]
    expect(await stocks((n) => some[n] ?? 0)).toEqual(some)
  })
})

describe('which column is the price', () => {
  it('takes what parts add up to, and says so [SHOP-IMPORT-19]', async () => {
    const rows = goods.map((name, n) => ({
      name,
      base_price: 10 + n,
      colour_charge: n % 2 === 0 ? 3 : 0,
      size_charge: n === 3 ? 2 : 0,
      total_price: 10 + n + (n % 2 === 0 ? 3 : 0) + (n === 3 ? 2 : 0),
    }))
    const { prices, notes } = await read(json(rows))
    expect(prices).toEqual(rows.map(({ total_price }) => [total_price]))
    expect(notes).toContain('Prices are read from "total_price", not from "base_price"')
  })

  it('takes what is left after a discount, in percent or as an amount, whatever the columns are called [SHOP-IMPORT-19]', async () => {
    const rows = goods.map((nome, n) => ({
      nome,
      preco: 40 + 10 * n,
      preco_site: (40 + 10 * n) * 0.8,
      desconto: 20,
    }))
    const percent = await read(json(rows))
    expect(percent.prices[0]).toEqual([32])
    expect(percent.products[0]?.variants[0]?.compareAt?.minor).toBe(4000)
    const amounts = goods.map((name, n) => ({ name, ourPrice: 50 + n, webPrice: 45 + n, savings: 5 }))
    expect((await read(json(amounts))).prices[1]).toEqual([46])
  })

  it.each([
    ['de', { name: 'Honig', preis: 18, preisGlas: 9, menge_text: '500 g' }],
    ['es', { nombre: 'Miel', precio: 18, precioBote: 9, formato: '500 g' }],
    ['fr', { nom: 'Miel', prix: 18, prixPot: 9, contenance: '500 g' }],
    ['it', { nome: 'Miele', prezzo: 18, prezzoVaso: 9, formato: '500 g' }],
    ['nl', { naam: 'Honing', prijs: 18, prijsPot: 9, inhoud: '500 g' }],
  ])('tells the price of a kilo from the price of a jar by what the jars hold (%s)', async (_, row) => {
    const [titleKey = '', kiloKey = '', packKey = '', sizeKey = ''] = Object.keys(row)
    const rows = goods.map((_name, n) => {
      const grams = [250, 500, 750, 400, 200, 300][n] ?? 500
      const kilo = 10 + 3 * n
      return {
        [titleKey]: `${Object.values(row)[0]} ${goods[n]}`,
        [kiloKey]: kilo,
        [packKey]: (kilo * grams) / 1000,
        [sizeKey]: `${grams} g`,
      }
    })
    const { prices, notes } = await read(json(rows))
    expect(prices).toEqual(rows.map((each) => [each[packKey]]))
    expect(notes).toContain(packKey)
  })

  it('keeps the better name where nothing tells two columns apart, and says the other [SHOP-IMPORT-19]', async () => {
    const rows = goods.map((name, n) => ({ name, price: 20 + n, price_club: 15 + (n % 3) * 4 }))
    const { prices, notes } = await read(json(rows))
    expect(prices[2]).toEqual([22])
    expect(notes).toContain('map price=price_club')
    expect((await read(json(rows), { price: 'price_club' })).prices[2]).toEqual([23])
  })

  it.each([
    'rapport qualité-prix',
    'relacion_calidad_precio',
    'Preis-Leistung',
    'rapporto_qualita_prezzo',
    'relação qualidade preço',
    'prijs_kwaliteit',
    'prisvärdhet',
    'price_range',
    'Preisgruppe',
    'fascia di prezzo',
    'note_prix',
    'ratings.price',
    'Bewertungen.Preis',
  ])(
    'says no price where a name has the word beside what is no amount: %s [SHOP-IMPORT-19]',
    async (mark) => {
      const [first = '', second] = mark.split('.')
      const marked = (n: number) => (second === undefined ? 3 + n / 2 : { [second]: 3 + n / 2 })
      const { products } = await read(json(goods.map((name, n) => ({ name, [first]: marked(n) }))))
      expect(products.map(({ variants }) => variants[0]?.price)).toEqual(goods.map(() => noPrice))
    },
  )

  it('takes one of several marks of a test for no price, and prices of several sizes for prices', async () => {
    const tested = goods.map((name, n) => ({
      name,
      test: { comfort: 4, build: 3.5 + n / 10, price: 4.5 - n / 10 },
    }))
    expect((await read(json(tested))).products[0]?.variants[0]?.price).toEqual(noPrice)
    const sized = goods.map((name, n) => ({ name, shop: { price: 22.5 + n, comfort: 4, weight: 320 + n } }))
    expect((await read(json(sized))).prices[1]).toEqual([23.5])
  })

  it.each([
    'best_price',
    'precio_web',
    'nuestro_precio',
    'Preis inkl. MwSt',
    'pris_sek',
    'priceRange.minVariantPrice.amount',
  ])('takes %s for the price [SHOP-IMPORT-19]', async (called) => {
    const value = (names: string[], amount: number): object => {
      const [first = '', ...rest] = names
      return { [first]: rest.length === 0 ? amount : value(rest, amount) }
    }
    const { prices } = await read(
      json(
        goods.map((name, n) => ({
          name,
          ...value(called.endsWith('.') || called.includes('. ') ? [called] : called.split('.'), 20 + n),
        })),
      ),
    )
    expect(prices[1]).toEqual([21])
  })

  it('knows columns behind what a document puts before all of their names, and cut short [SHOP-IMPORT-10]', async () => {
    const { products, prices } = await read(
      json(
        goods.map((name, n) => ({
          itmName: name,
          itmDesc: `A ${name.toLowerCase()} for every day`,
          itmPrice: 12 + n,
          itmBrand: 'Rowan',
          itmInventoryQuantity: 4 + (n % 3),
        })),
      ),
    )
    expect(products[2]).toMatchObject({ title: 'Candle', brand: 'Rowan' })
    expect(products[2]?.description).toContain('A candle for every day')
    expect(products[2]?.variants[0]?.stock).toBe(6)
    expect(prices[2]).toEqual([14])
  })

  it('says no price where only what the shop pays is stated [SHOP-IMPORT-19]', async () => {
    const { products, notes } = await read(json(goods.map((name, n) => ({ name, wholesalePrice: 7 + n }))))
    expect(products.map(({ variants }) => variants[0]?.price)).toEqual(goods.map(() => noPrice))
    expect(notes).toContain('map price=wholesalePrice')
  })

  it('divides cents only where the texts beside them name units; else it asks [SHOP-IMPORT-19]', async () => {
    const told = goods.map((name, n) => ({
      name,
      price: 1299 + 100 * n,
      description: `Only ${(12.99 + n).toFixed(2)} € with delivery, made by hand in our own shop.`,
    }))
    const read1 = await read(json(told))
    expect(read1.prices[0]).toEqual([12.99])
    expect(read1.notes).toContain('read as cents')
    const silent = await read(json(told.map(({ name, price }) => ({ name, price }))))
    expect(silent.prices[0]).toEqual([1299])
    expect(silent.notes).toContain('priceUnit=minor')
  })

  it('takes the column in the currency of the store', async () => {
    const rows = goods.map((name, n) => ({ name, price_usd: 10 + n, price_eur: 9 + n }))
    expect((await read(json(rows), {}, 'EUR')).prices[0]).toEqual([9])
    expect((await read(json(rows), {}, 'USD')).prices[0]).toEqual([10])
  })
})

describe('goods that are nested', () => {
  it.each([
    ['variantes', 'nombre', 'precio'],
    ['varianten', 'bezeichnung', 'preis'],
    ['tailles', 'nom', 'prix'],
    ['variações', 'nome', 'preço'],
    ['varianti', 'nome', 'prezzo'],
  ])('reads prices of %s, and calls each by what tells it apart', async (list, title, price) => {
    const rows = goods.map((name, n) => ({
      id: name,
      name,
      [list]: [
        { [title]: `${name} (250 g)`, [price]: 5 + n },
        { [title]: `${name} (1 kg)`, [price]: 15 + n },
      ],
    }))
    const { products, prices } = await read(json(rows))
    expect(prices[1]).toEqual([6, 16])
    expect(products[0]?.variants.map(({ options }) => options['variant'])).toEqual(['250 g', '1 kg'])
  })

  it('takes every list of goods of a document, with what it stands in as the category', async () => {
    const document = {
      info: { version: 2 },
      kategorien: [
        {
          name: 'Kissen',
          artikel: [
            { titel: 'Mond', preis: 12.5 },
            { titel: 'Stern', preis: 14 },
          ],
        },
        { name: 'Decken', artikel: [{ titel: 'Wolle', preis: 80 }] },
      ],
    }
    const { products, prices } = await read(JSON.stringify(document))
    expect(prices).toEqual([[12.5], [14], [80]])
    expect(products.map(({ categories }) => categories[0])).toEqual(['Kissen', 'Kissen', 'Decken'])
  })

  it('takes goods and not the categories that are listed beside them', async () => {
    const document = {
      categorias: [
        { id: 1, nombre: 'Cremas' },
        { id: 2, nombre: 'Jabones' },
      ],
      productos: goods.map((nombre, id) => ({ id, nombre, precio: 5 + id, descripcion: 'Hecho a mano' })),
    }
    expect((await read(JSON.stringify(document))).products.map(({ title }) => title)).toEqual(goods)
  })
})

describe('rows that are choices of one product', () => {
  const row = (id: number, title: string, size: string, more = {}) => ({
    id,
    title,
    description: `A ${title.split(' ')[0]} for every day.`,
    category: 'Wear',
    size,
    price: 30,
    stock: id,
    ...more,
  })

  it('joins them by title, description and a column that tells them apart [SHOP-IMPORT-20]', async () => {
    const rows = ['Tunic', 'Parka'].flatMap((title, at) =>
      ['S', 'M', 'L'].map((size, n) => row(10 * at + n + 1, title, size)),
    )
    const { products } = await read(json(rows))
    expect(
      products.map(({ title, variants }) => [title, variants.map(({ options }) => options['size'])]),
    ).toEqual([
      ['Tunic', ['S', 'M', 'L']],
      ['Parka', ['S', 'M', 'L']],
    ])
    expect(products[1]?.variants.map(({ stock }) => stock)).toEqual([11, 12, 13])
  })

  it('joins them where titles differ in the choice alone [SHOP-IMPORT-20]', async () => {
    const rows = ['Tunic linen', 'Parka wool'].flatMap((title, at) =>
      ['XS', 'M', 'XXL'].map((size, n) => row(10 * at + n + 1, `${title} ${size} (A-${at})`, size)),
    )
    const { products } = await read(json(rows))
    expect(products.map(({ title, variants }) => [title, variants.length])).toEqual([
      ['Tunic linen (A-0)', 3],
      ['Parka wool (A-1)', 3],
    ])
  })

  it('joins nothing by a title alone [SHOP-IMPORT-20]', async () => {
    const other = [1, 2, 3, 4].map((id) =>
      row(id, 'Lamp', id % 2 === 0 ? 'S' : 'M', { description: `Model ${id}: ${goods[id]}` }),
    )
    expect((await read(json(other))).products).toHaveLength(4)
    const untold = [1, 2, 3, 4].map((id) => row(id, 'Lamp', 'M'))
    expect((await read(json(untold))).products).toHaveLength(4)
    const authors = [1, 2, 3, 4].map((id) => row(id, 'Poems', '', { author: goods[id] }))
    expect((await read(json(authors))).products).toHaveLength(4)
  })
})

describe('tables as they come', () => {
  it('reads variants that cost more than their product, what is off, and what is hidden [SHOP-IMPORT-21]', async () => {
    const csv = [
      'handleId,fieldType,name,price,surcharge,visible,discountMode,discountValue,inventory,productOptionName1,productOptionDescription1',
      'product_1,Product,Soap,10.0,,true,PERCENT,20.0,InStock,Size,100g;200g',
      'product_1,Variant,,,,true,,,5,,100g',
      'product_1,Variant,,,4.5,true,,,OutOfStock,,200g',
      'product_2,Product,Oil,8.0,,false,PERCENT,0.0,InStock,Size,1l',
      'product_2,Variant,,,,true,,,3,,1l',
      'product_3,Product,Brush,6.0,,true,AMOUNT,1.0,2,,',
    ].join('\n')
    const { products, prices, hidden, rejects } = await read(csv)
    expect(prices).toEqual([[8, 11.6], [5]])
    expect(products[0]?.variants.map(({ options, stock }) => [options['size'], stock])).toEqual([
      ['100g', 5],
      ['200g', 0],
    ])
    expect([hidden, rejects]).toEqual([2, []])
  })

  it('reads past remarks and the title of a sheet, and a table without a header', async () => {
    const remarks = [
      '# Required | A unique id of the item. Use its SKU; no two may be alike.,# Required | The title of the item',
      'id,title,price',
      '1,Apron,9.50',
      '2,Basket,7.25',
    ].join('\n')
    expect((await read(remarks)).prices).toEqual([[9.5], [7.25]])
    expect((await read('Our goods in spring,,\nname,price,stock\nApron,9.50,3\n')).prices).toEqual([[9.5]])
    const bare = await read('Apron;A1;9.50\nBasket;B7;7.25\nCandle;C2;3.10\n')
    expect(bare.products.map(({ title }) => title)).toEqual(['Apron', 'Basket', 'Candle'])
    expect(bare.prices[2]).toEqual([3.1])
    expect(bare.notes).toContain('Column 1')
  })

  it('has none where a column says that it is sold out', async () => {
    const { products } = await read(json(goods.map((name, n) => ({ name, price: 5, isSoldOut: n === 1 }))))
    expect(products.map(({ variants }) => variants[0]?.stock)).toEqual([null, 0, null, null, null, null])
  })
})
