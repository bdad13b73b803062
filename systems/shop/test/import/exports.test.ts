import { describe, expect, it } from 'vitest'
import { generateSample } from '../../samples/generate.ts'
import { writeExports } from '../../samples/exports.ts'
import { noPrice } from '../../src/domain/money.ts'
import { runImportsEval } from '../../src/evals/imports/imports.ts'
import type { FeedEvent } from '../../src/import/feed-row.ts'
import { ColumnProfiler } from '../../src/import/column-profile.ts'
import { findRowFamilies } from '../../src/import/row-families.ts'
import { viewColumns } from '../../src/import/plan-view.ts'
import { readFeed } from '../../src/import/read-feed.ts'
import type { FeedPlan } from '../../src/import/feed-plan.ts'

async function read(text: string, mapping: Record<string, string> = {}) {
  const events: FeedEvent[] = []
  async function* open() {
    const bytes = new TextEncoder().encode(text)
    for (let at = 0; at < bytes.length; at += 8191) yield bytes.subarray(at, at + 8191)
  }
  for await (const batch of readFeed(open, { format: null, content: null, mapping, currency: 'USD' }))
    events.push(...batch)
  const plan = events.flatMap((event) => (event.kind === 'plan' ? [event.plan] : []))[0] as FeedPlan
  return {
    plan,
    products: events.flatMap((event) => (event.kind === 'product' ? [event.item.product] : [])),
    rows: events.reduce((sum, event) => sum + (event.kind === 'product' ? event.item.rows : 0), 0),
    hidden: events.flatMap((event) => (event.kind === 'hidden' ? [event.reject] : [])),
    rejects: events.flatMap((event) => (event.kind === 'reject' ? [event.reject] : [])),
  }
}

const lines = (...rows: string[]) => rows.join('\n')

describe('exports of shops', () => {
  it('takes in what five platforms export, with options and categories, and nothing that they hide [SHOP-IMPORT-10]', async () => {
    const { metrics } = await runImportsEval({
      dataDir: null,
      report: () => {},
      signal: new AbortController().signal,
    })
    expect(metrics).toMatchObject({
      files: 5,
      rowsInRate: 1,
      worstRowsInRate: 1,
      optionsKeptRate: 1,
      categoriesKeptRate: 1,
      hiddenLive: 0,
    })
  })

  it('reads names that are written as one word, and paths behind each comma', async () => {
    const rows = Array.from({ length: 6 }, (_, at) => ({
      name: `Jar number ${at}`,
      price: 4 + at,
      categories:
        at % 2 === 0
          ? 'Food &amp; Drink > Snacks > Sweet, Diet, Diet > Nut Free'
          : 'Diet, Food &amp; Drink > Pantry > Tins\\, Jars, Offers',
      details: {
        itemWeight: `${at + 1} lb`,
        RAMType: at % 2 === 0 ? 'soldered' : 'plugged',
        WiFi: at % 2 === 0 ? 'single' : 'double',
      },
    }))
    const { products } = await read(JSON.stringify(rows))
    expect(products[0]?.categories).toEqual(['Food & Drink', 'Snacks', 'Sweet'])
    expect(products[0]?.attributes['also_in']).toEqual(['Diet', 'Nut Free'])
    expect(products[1]?.categories).toEqual(['Food & Drink', 'Pantry', 'Tins, Jars'])
    expect(products[0]?.attributes).toMatchObject({
      item_weight: ['1 lb'],
      ram_type: ['soldered'],
      wifi: ['single'],
    })
  })

  it('calls goods by several columns together where none calls them, and not by their description', async () => {
    const plants = JSON.stringify(
      [
        [
          'Salvia',
          'nemorosa',
          'Dusk',
          'Dense violet spikes above grey leaves, loved by bees and long in flower.',
        ],
        [
          'Salvia',
          'officinalis',
          '',
          'Kitchen sage with soft leaves that keep their scent when they are dried.',
        ],
        [
          'Stipa',
          'gigantea',
          'Giant',
          'A tall grass whose golden heads stand far above the leaves all summer.',
        ],
        [
          'Acer',
          'palmatum',
          'Ember',
          'A small maple for pots, with leaves that turn to a glowing red in autumn.',
        ],
      ].map(([genus, species, cultivar, description], at) => ({
        id: String(at + 1),
        genus,
        species,
        cultivar,
        category: 'garden',
        price: 9 + at,
        description,
      })),
    )
    const titles = [
      'Salvia nemorosa Dusk',
      'Salvia officinalis',
      'Stipa gigantea Giant',
      'Acer palmatum Ember',
    ]
    const { products, plan } = await read(plants)
    expect(products.map(({ title }) => title)).toEqual(titles)
    expect(products[1]?.description).toContain('Kitchen sage')
    expect(
      viewColumns(plan)
        .filter(({ use }) => use === 'title')
        .map(({ name }) => name),
    ).toEqual(['genus', 'species', 'cultivar'])
    const mapped = await read(plants, { title: 'Species + Genus' })
    expect(mapped.products[0]?.title).toBe('nemorosa Salvia')
  })

  it('sells what a row prices by lists side by side as choices, and trusts none that another price contradicts', async () => {
    const seeds = (own: object) =>
      read(
        JSON.stringify(
          ['Beetle', 'Heron', 'Otter'].map((name, at) => ({ id: `${at}`, title: `${name} Feed`, ...own })),
        ),
      )
    const beside = await seeds({
      price: [4.5, 9, 9],
      sizes: ['200 g', '1 kg', '1 kg'],
      pictures: ['/a.png', '/b.png', '/c.png'],
    })
    expect(beside.products[0]?.variants.map(({ options, price }) => [options['sizes'], price.minor])).toEqual(
      [
        ['200 g', 450],
        ['1 kg', 900],
      ],
    )
    const options = [
      { name: 'Pack', values: ['1 tub', '3 tubs'], prices: [7, 18] },
      { name: 'Lid', values: ['Flat', 'Domed'], prices: [0, 0] },
    ]
    const within = await seeds({ price: '7', options })
    expect(within.products[0]?.variants.map(({ options: of, price }) => [of['pack'], price.minor])).toEqual([
      ['1 tub', 700],
      ['3 tubs', 1800],
    ])
    const contradicted = await seeds({ price: '5', options })
    expect(contradicted.products[0]?.variants.map(({ price }) => price.minor)).toEqual([500])
  })

  it('calls goods by a description of a few words where nothing else calls them', async () => {
    const rows = ['Cassetta alta', 'Cassetta bassa', 'Cassetta piana'].map((descrizione, at) => ({
      codice: `C-${100 + at}`,
      descrizione,
      colore: ['Rame', 'Lino', 'Rame'][at],
    }))
    expect((await read(JSON.stringify(rows))).products.map(({ title }) => title)).toEqual([
      'Cassetta alta',
      'Cassetta bassa',
      'Cassetta piana',
    ])
  })

  it('reads lists that stand at the same place under many names, and takes who makes them for no name of the goods', async () => {
    const shelf = (kind: string, more: Record<string, string>) => ({
      titel: kind,
      anbieter: ['Norrfell', 'Kaskade', 'Brisa'].map((name, at) => ({
        name,
        produkt: at === 2 ? kind : `${kind} ${['Fein', 'Kraft'][at]}`,
        preis: `~${9 + at},90 €`,
        ...more,
      })),
    })
    const { products, rejects } = await read(
      JSON.stringify({
        meta: { stand: '2026' },
        sorten: {
          tee: shelf('Tee', { ziehzeit: '3 min', blatt: 'ganz', herkunft: 'Assam', ernte: 'Mai' }),
          kaffee: shelf('Kaffee', { mahlgrad: 'grob', bohne: 'Arabica', höhe: '900 m', säure: 'mild' }),
          kakao: shelf('Kakao', { anteil: '70 %', fett: '20 %', süße: 'ohne', körnung: 'fein' }),
        },
      }),
    )
    expect(rejects).toEqual([])
    expect(
      products.map(({ title, brand, categories }) => `${categories.join()}: ${title}, ${brand}`),
    ).toEqual([
      'Tee: Tee Fein, Norrfell',
      'Tee: Tee Kraft, Kaskade',
      'Tee: Tee, Brisa',
      'Kaffee: Kaffee Fein, Norrfell',
      'Kaffee: Kaffee Kraft, Kaskade',
      'Kaffee: Kaffee, Brisa',
      'Kakao: Kakao Fein, Norrfell',
      'Kakao: Kakao Kraft, Kaskade',
      'Kakao: Kakao, Brisa',
    ])
  })

  it('keeps goods of one title apart by who makes them, where nothing else numbers them', async () => {
    const { products, rejects } = await read(
      lines('brand,title,price', 'Norrfell,Kettle,30', 'Kaskade,Kettle,35', 'Norrfell,Lamp,40'),
    )
    expect(rejects).toEqual([])
    expect(new Set(products.map(({ id }) => id)).size).toBe(3)
  })

  it('keeps what all goods state alike as a fact of each, and as nothing to choose by', async () => {
    const { products, plan } = await read(
      lines(
        'sku,title,price,material,warranty,published',
        'a,Oak Stool,30,oak,36 months,yes',
        'b,Ash Bench,90,ash,36 months,yes',
        'c,Elm Shelf,60,elm,36 months,yes',
      ),
    )
    expect(products.map(({ description }) => description)).toEqual(Array(3).fill('Warranty: 36 months'))
    expect([...plan.facets]).toEqual(['material'])
  })

  it('tells lists of words that are too many to choose by under their name', async () => {
    const parts = ['oat', 'rye', 'salt', 'malt', 'barley', 'honey', 'wheat', 'butter']
    const { products, plan } = await read(
      JSON.stringify(
        Array.from({ length: 24 }, (_, at) => ({
          id: at + 1,
          name: `Loaf number ${at}`,
          price: 3,
          ingredients: [parts[at % 8], parts[(at + 3) % 8], `secret ${at}`],
        })),
      ),
    )
    expect(plan.facets.has('ingredients')).toBe(false)
    expect(products[1]?.description).toBe('Ingredients: rye, barley, secret 1')
  })

  it('keeps what each measures otherwise, and takes no numbers of articles for that', async () => {
    const rows = Array.from({ length: 24 }, (_, at) => {
      const letter = String.fromCodePoint(65 + at)
      return `${at + 1},Heater ${letter} of clay,${9 + at}.90,${25 + at} W,${40 + at} x ${20 + at} cm,${100 + at}${letter}`
    })
    const { products } = await read(['id,name,price,power,footprint,code', ...rows].join('\n'))
    expect(products[3]?.attributes).toMatchObject({ power: ['28 W'], footprint: ['43 x 23 cm'] })
    expect(products[3]?.attributes).not.toHaveProperty('code')
  })

  it('reads entries of Shopify’s taxonomy as words, and nothing of what its programs keep', async () => {
    const { products } = await read(
      lines(
        'Handle,Title,Option1 Name,Option1 Value,Variant Price,Washing (product.metafields.shopify.washing),Boost (product.metafields.shopify--discovery--product_search_boost.queries),Custom (product.metafields.mm-google-shopping.custom_product)',
        'tea-towel,Tea Towel,Title,Default Title,9.00,washing__hot-wash; washing__line-dry,towel,Yes',
        'apron,Apron,Title,Default Title,19.00,washing__hand-wash,apron,Yes',
      ),
    )
    expect(products.map(({ attributes }) => attributes)).toEqual([
      { washing: ['hot wash', 'line dry'] },
      { washing: ['hand wash'] },
    ])
  })

  it('takes no pictures for shelves, and ends of lines that were escaped twice for what they are', async () => {
    const { products } = await read(
      JSON.stringify(
        ['Rye Loaf', 'Oat Bun', 'Plum Tart', 'Seed Roll'].map((name, at) => ({
          id: at + 1,
          name,
          price: 3,
          picture: `shelf/bread-${at}.webp`,
          badge: `icons/${at % 2 === 0 ? 'vegan' : 'plain'}.webp`,
          description: `Baked each morning in our own oven.\\nContains wheat and rye, ${name}.`,
        })),
      ),
    )
    expect(products.map(({ categories }) => categories)).toEqual([[], [], [], []])
    expect(products[0]?.description).toBe(
      'Baked each morning in our own oven.\nContains wheat and rye, Rye Loaf.',
    )
  })

  it('sells for what shoppers pay, and shows nobody what the shop paid or turned over [SHOP-IMPORT-10]', async () => {
    const { products } = await read(
      lines(
        'Product name,Price(AUD),Unit price,Total,Material',
        'Harbour Ring,$24.00,USD 0.89,USD 5.34,Silver',
        'Cliff Bracelet,$29.00,USD 1.34,USD 8.04,Gold',
        'Dune Earrings,$35.00,USD 1.04,USD 6.24,Silver',
      ),
    )
    expect(products.map(({ variants }) => variants[0]?.price.minor)).toEqual([2400, 2900, 3500])
    expect(Object.keys(products[0]?.attributes ?? {})).toEqual(['material'])
    const german = await read(
      lines(
        'Artikelnummer,Artikelname,Umsatz Netto,Brutto-VK,Netto-VK,Durchschnittlicher Einkaufspreis,Form',
        'A1,Alpensalz fein gemahlen 500 g,21454.58,"34,95","29,37","26,62",Pulver',
        'A2,Birkensaft aus dem Norden 1 l,18402.10,"25,90","24,21","19,80",Saft',
        'A3,Erlentee lose im Beutel 90 g,9120.40,"4,90","4,58","2,10",Tee',
      ),
    )
    expect(german.products.map(({ variants }) => variants[0]?.price.minor)).toEqual([3495, 2590, 490])
    expect(Object.keys(german.products[0]?.attributes ?? {})).toEqual(['form'])
  })

  it('sells for what a piece costs now, not for a kilo of it or what it cost before [SHOP-IMPORT-10]', async () => {
    const sold = async (...goods: Record<string, unknown>[]) =>
      (await read(JSON.stringify(goods))).products.map(({ variants }) => [
        variants[0]?.price.minor,
        variants[0]?.compareAt?.minor ?? null,
      ])
    expect(
      await sold(
        { id: 1, nome: 'Mela del colle', prezzoChilo: 2.8, prezzoUnita: 0.7, unita: 'al pezzo' },
        { id: 2, nome: 'Miele di bosco', prezzoChilo: 15, prezzoUnita: 7.5, unita: 'vasetto' },
      ),
    ).toEqual([
      [70, null],
      [750, null],
    ])
    expect(
      await sold(
        { id: 1, nome: 'Creme de noz', precoDe: 'R$ 64,90', precoPor: 'R$ 39,90' },
        { id: 2, nome: 'Doce de figo', precoDe: 'R$ 24,00', precoPor: 'R$ 18,50' },
      ),
    ).toEqual([
      [3990, 6490],
      [1850, 2400],
    ])
    expect(
      await sold(
        { id: 1, name: 'Birnensaft', grundpreis: 4.2, preis: 2.1, uvp: 2.9 },
        { id: 2, name: 'Apfelsaft', grundpreis: 3.8, preis: 1.9, uvp: 2.5 },
      ),
    ).toEqual([
      [210, 290],
      [190, 250],
    ])
  })

  it('reads the only list of a document, whatever it is called, with stock and price in its language [SHOP-IMPORT-10]', async () => {
    const { products, rejects } = await read(
      JSON.stringify({
        artikelen: [
          { id: 1, titel: 'Amethist', prijs: 12.99, aanbiedingsprijs: 9.99, hoeveelheid_voorraad: 3, __v: 0 },
          { id: 2, titel: 'Bergkristal', prijs: 15.99, hoeveelheid_voorraad: 0, __v: 1 },
        ],
      }),
    )
    expect(rejects).toEqual([])
    expect(
      products.map(({ title, variants }) => [title, variants[0]?.price.minor, variants[0]?.stock]),
    ).toEqual([
      ['Amethist', 999, 3],
      ['Bergkristal', 1599, 0],
    ])
    expect(products.map(({ attributes }) => attributes)).toEqual([{}, {}])
  })

  it('keeps the kinds by which a document groups its goods [SHOP-IMPORT-10]', async () => {
    const dish = (id: string, name: string) => ({ id, name, description: 'Made fresh.', price: 5 })
    const { products } = await read(
      JSON.stringify({
        categories: [{ id: 'primi', label: 'First courses' }],
        products: {
          primi: [dish('a', 'Lasagne'), dish('b', 'Gnocchi')],
          dolci: [dish('c', 'Tiramisu')],
        },
      }),
    )
    expect(products.map(({ title, categories }) => [title, ...categories])).toEqual([
      ['Lasagne', 'primi'],
      ['Gnocchi', 'primi'],
      ['Tiramisu', 'dolci'],
    ])
  })

  it('joins all that describes a product, in columns of one name too, and says nothing twice [SHOP-IMPORT-10]', async () => {
    const short = 'A bib that keeps your baby dry from dawn to dusk.'
    const { products } = await read(
      JSON.stringify([
        {
          id: 1,
          title: 'Bib',
          price: 7,
          description: short,
          descriptionComplete: `${short}\nWash at 30 degrees, for babies of 4 to 18 months.`,
        },
        {
          id: 2,
          title: 'Kit',
          price: 9,
          description: 'A kit of two bibs and one small blanket.',
          descriptionComplete: '',
        },
      ]),
    )
    expect(products[0]?.description).toBe(`${short}\nWash at 30 degrees, for babies of 4 to 18 months.`)
    const twice = await read(
      lines(
        'id,title,price,description,description',
        '1,Pesto,4,A sauce of basil as they make it in Genoa.,"Allergens: cashew nuts, milk, and maybe some celery."',
      ),
    )
    expect(twice.products[0]?.description).toBe(
      'A sauce of basil as they make it in Genoa.\nAllergens: cashew nuts, milk, and maybe some celery.',
    )
  })

  it('takes goods without a price where most have none, and misses it where most have one [SHOP-IMPORT-10]', async () => {
    const seldom = await read(lines('id,title,price', '1,Owl book,', '2,Bear book,', '3,Fox book,12'))
    expect(seldom.products.map(({ variants }) => variants[0]?.price)).toEqual([
      noPrice,
      noPrice,
      { minor: 1200, currency: 'USD' },
    ])
    const mostly = await read(lines('id,title,price', '1,Owl book,', '2,Bear book,9', '3,Fox book,12'))
    expect(mostly.rejects.map(({ code }) => code)).toEqual(['missing-price'])
  })

  it('takes a column whose name offers a choice for what either says [SHOP-IMPORT-10]', async () => {
    const { products, rejects } = await read(
      lines(
        'Product ID,Active (0/1),Name *,Price tax excluded or Price tax included,Tax rules ID,Wholesale price,Unit price',
        '1,1,Oak shelf,100,1,80,',
        '2,1,Pine shelf,60.50,1,40,3',
      ),
    )
    expect(rejects).toEqual([])
    expect(products.map(({ variants }) => variants[0]?.price?.minor)).toEqual([10_000, 6_050])
  })

  it('knows a column by what it says of a product, in whatever language it calls it one [SHOP-IMPORT-10]', async () => {
    const about =
      'Lampan har en fot av betong och en lång sladd av textil, och ljuskällan ingår inte i köpet.'
    const rows = Array.from({ length: 12 }, (_, at) => ({
      id: at,
      produktNamn: `Bordslampa nummer ${at}`,
      produktBeskrivning: `${about} Modell ${at}.`,
      produktPris: 379 + at,
    }))
    const { products } = await read(JSON.stringify(rows))
    expect(products[3]?.title).toBe('Bordslampa nummer 3')
    expect(products[3]?.description).toBe(`${about} Modell 3.`)
    expect(products[3]?.variants[0]?.price.minor).toBe(38_200)
  })

  it('reads a price by how the others of its column are written [SHOP-IMPORT-10]', async () => {
    const priced = async (...prices: string[]) =>
      (
        await read(lines('id;title;price', ...prices.map((price, at) => `${at};Wine of ${at};${price}`)))
      ).products.map(({ variants }) => variants[0]?.price.minor)
    expect(await priced('24.753', '9.639', '8.9', '11.9025')).toEqual([2475, 964, 890, 1190])
    expect(await priced('1.299', '899,50', '12,90')).toEqual([129_900, 89_950, 1290])
    expect(await priced('1,299', '899.50', '12.90')).toEqual([129_900, 89_950, 1290])
    expect(await priced('1.299', '2.499')).toEqual([129_900, 249_900])
  })

  it('takes no code for a price: a list of stock without prices goes in without any [SHOP-IMPORT-10]', async () => {
    const codes = Array.from({ length: 30 }, (_, at) => `'87206028286${at + 10}`)
    const { products, rejects } = await read(
      lines(
        'Handle,Title,Vendor,Variant SKU,Variant Inventory Qty,Variant Barcode',
        ...codes.map((code, at) => `h${at},Garden cart ${at},Gardenia,SKU${at},0,${at === 3 ? '' : code}`),
      ),
    )
    expect(rejects).toEqual([])
    expect(products).toHaveLength(30)
    expect(products[0]?.variants[0]?.price).toEqual(noPrice)
  })

  it('takes a price of nothing for none: what is for rent is not for free [SHOP-IMPORT-13]', async () => {
    const { products, rejects } = await read(
      lines('sku,name,price', '1,Round tent,0.00', '2,Folding chair,4.50'),
    )
    expect(rejects).toEqual([])
    expect(products.map(({ variants }) => variants[0]?.price)).toEqual([
      noPrice,
      { minor: 450, currency: 'USD' },
    ])
  })

  it('takes no measure for a price, whatever its amounts look like [SHOP-IMPORT-10]', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, at) => `${at},Tube ${at} for halls,0.9${at % 9},${at % 3 ? `${at}.25` : ''}`,
    )
    const { products, rejects } = await read(lines('No,Model,Power factor,Weight', ...rows))
    expect(rejects).toEqual([])
    expect(products).toHaveLength(40)
    expect(products[1]?.variants[0]?.price).toEqual(noPrice)
  })

  it('reads feeds in XML that name their products otherwise, with parameters by name [SHOP-IMPORT-10]', async () => {
    const { products: plain } = await read(
      '<?xml version="1.0"?><products><product><id>W1</id><name>Wheel set</name><price>2999.0</price><currency>SEK</currency>' +
        '<brand>Velo</brand><shipping><price>1.00</price></shipping></product></products>',
    )
    expect(plain).toMatchObject([
      {
        id: 'W1',
        title: 'Wheel set',
        brand: 'Velo',
        variants: [{ price: { minor: 299_900, currency: 'SEK' } }],
      },
    ])
    const { products: offers } = await read(
      '<yml_catalog><shop><name>Shop</name><offers><offer id="7"><name>Lamp</name><price>30</price>' +
        '<param name="Colour">Red</param><param name="Height">40 cm</param></offer></offers></shop></yml_catalog>',
    )
    expect(offers).toMatchObject([
      { id: '7', title: 'Lamp', attributes: { colour: ['Red'], height: ['40 cm'] } },
    ])
  })

  it('joins simple products of Magento with the configurable that lists them, wherever it stands [SHOP-IMPORT-10]', async () => {
    const { products, hidden } = await read(
      lines(
        'sku,product_type,categories,name,product_online,visibility,price,additional_attributes,configurable_variations',
        'T-S,simple,"Default Category/Men,Default Category/Men/Tees",Tee-S,1,Not Visible Individually,10,"material=Cotton,has_options=0",',
        'T-M,simple,"Default Category/Men,Default Category/Men/Tees",Tee-M,1,Not Visible Individually,12,"material=Cotton,has_options=0",',
        'L,simple,Default Category/Light,Lamp,1,"Catalog, Search",30,"material=Steel,has_options=0",',
        'O,simple,Default Category/Light,Old lamp,2,"Catalog, Search",30,"material=Brass,has_options=0",',
        'X,simple,Default Category/Light,Loose part,1,Not Visible Individually,3,"material=Brass,has_options=0",',
        'T,configurable,"Default Category/Men,Default Category/Men/Tees",Tee,1,"Catalog, Search",,"material=Cotton,has_options=1","sku=T-S,size=S|sku=T-M,size=M"',
      ),
    )
    expect(products.map(({ id }) => id).toSorted()).toEqual(['L', 'T'])
    expect(products.find(({ id }) => id === 'T')).toMatchObject({
      title: 'Tee',
      categories: ['Men', 'Tees'],
      attributes: { material: ['Cotton'] },
      variants: [
        { id: 'T-S', options: { size: 'S' }, price: { minor: 1000 } },
        { id: 'T-M', options: { size: 'M' }, price: { minor: 1200 } },
      ],
    })
    expect(hidden.map(({ line }) => line)).toEqual([5, 6])
    expect(hidden[0]?.reason).toContain('product_online: 2')
  })

  it.each([
    ['available', 'TRUE', 'FALSE'],
    ['verfügbar', 'ja', 'nein'],
    ['disponible', 'sí', 'no'],
    ['disponible', 'oui', 'non'],
    ['disponibile', 'true', 'false'],
    ['disponível', 'sim', 'não'],
    ['beschikbaar', 'ja', 'nee'],
    ['tillgänglig', 'ja', 'nej'],
  ])(
    'has none in stock of what a column %s says not %s but %s of [SHOP-IMPORT-10]',
    async (column, yes, no) => {
      const { products } = await read(lines(`id,title,price,${column}`, `a,Lamp,30,${yes}`, `b,Rug,40,${no}`))
      expect(products.map(({ id, variants, attributes }) => [id, variants[0]?.stock, attributes])).toEqual([
        ['a', null, {}],
        ['b', 0, {}],
      ])
    },
  )

  it.each(['live', 'online', 'aktiv', 'activo', 'actif', 'attivo', 'ativo', 'actief'])(
    'hides what a column %s says no of [SHOP-IMPORT-10]',
    async (column) => {
      const { products, hidden } = await read(
        lines(`id,title,price,${column}`, 'a,Lamp,30,TRUE', 'b,Rug,40,FALSE'),
      )
      expect(products.map(({ id }) => id)).toEqual(['a'])
      expect(hidden[0]?.reason).toContain(`${column}: FALSE`)
    },
  )

  it('leaves out drafts, archived and unpublished products of Shopify with all of their rows [SHOP-IMPORT-10]', async () => {
    const { products, hidden } = await read(
      lines(
        'Handle,Title,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src,Status',
        'a,Live,TRUE,Size,S,SAME,5,,active',
        'a,,,,M,SAME,5,,',
        'b,Draft,TRUE,Size,S,B1,5,,draft',
        'b,,,,M,B2,5,https://x.test/b.jpg,',
        'c,Gone,TRUE,Size,S,C1,5,,archived',
        'd,Quiet,FALSE,Size,S,D1,5,,active',
      ),
    )
    expect(products.map(({ id, variants }) => [id, variants.map(({ options }) => options['size'])])).toEqual([
      ['a', ['S', 'M']],
    ])
    // Two variants of one SKU are two variants.
    expect(new Set(products[0]?.variants.map(({ id }) => id)).size).toBe(2)
    expect(hidden).toHaveLength(4)
  })

  it('gives variations of WooCommerce to their parent, by SKU or by number, and hides what it hides [SHOP-IMPORT-10]', async () => {
    const { products, hidden } = await read(
      lines(
        'ID,Type,SKU,Name,Published,Visibility in catalog,Regular price,Categories,Parent,Attribute 1 name,Attribute 1 value(s),Attribute 1 visible',
        '1,variable,hood,Hoodie,1,visible,,"Clothing > Hoodies, Sale",,Color,"Red, Blue",1',
        '2,variable,,Cap,-1,visible,,Clothing,,Color,"Red, Blue",1',
        '3,variation,h-red,"Hoodie - Red",1,visible,45,,hood,Color,Red,',
        '4,variation,,"Hoodie - Blue",1,visible,42,,id:1,Color,Blue,',
        '5,variation,c-red,"Cap - Red",1,visible,9,,id:2,Color,Red,',
        '6,simple,belt,Belt,1,visible,20,Clothing,,Color,Black,1',
      ),
    )
    expect(
      products.toSorted((a, b) => a.id.localeCompare(b.id)).map(({ id, variants }) => [id, variants.length]),
    ).toEqual([
      ['1', 2],
      ['6', 1],
    ])
    expect(products.find(({ id }) => id === '1')?.variants.map(({ options }) => options['color'])).toEqual([
      'Red',
      'Blue',
    ])
    expect(products.find(({ id }) => id === '6')?.attributes).toMatchObject({ color: ['Black'] })
    expect(hidden).toHaveLength(2)
  })

  it('lets rows without a name state variants of the product above them (Vendure, Spree)', async () => {
    const { products } = await read(
      lines(
        'name   ,slug  ,optionGroups ,optionValues ,sku ,price',
        'Laptop ,laptop,size|RAM     ,"13 inch|8GB" ,L1  ,1299.00',
        '       ,      ,             ,15 inch|16GB ,L2  ,1399.00',
        'Mouse  ,mouse ,             ,             ,M1  ,9.00',
      ),
    )
    expect(
      products.map(({ title, variants }) => [title, variants.map(({ id, options }) => [id, options])]),
    ).toEqual([
      [
        'Laptop',
        [
          ['L1', { size: '13 inch', ram: '8GB' }],
          ['L2', { size: '15 inch', ram: '16GB' }],
        ],
      ],
      ['Mouse', [['M1', {}]]],
    ])
  })

  it.each([
    ['an array', (list: object[]) => JSON.stringify(list, null, 2)],
    ['an array on one line', (list: object[]) => JSON.stringify(list)],
    [
      'a document',
      (list: object[]) =>
        JSON.stringify({ data: { products: { edges: list.map((node) => ({ node })) } } }, null, 1),
    ],
  ])('reads %s of products with nested variants [SHOP-IMPORT-11]', async (_, write) => {
    const product = (id: string, status: string) => ({
      id,
      title: `Product ${id}`,
      status,
      options: [{ name: 'Size', values: ['S', 'M'] }],
      variants: [
        { id: 1, sku: `${id}-s`, price: '19.00', option1: 'S', inventory_quantity: 2 },
        { id: 2, sku: `${id}-m`, price: '21.00', option1: 'M', inventory_quantity: 0 },
      ],
      images: [{ src: 'https://x.test/1.png' }],
    })
    const { products, hidden } = await read(write([product('a', 'active'), product('b', 'draft')]))
    expect(products).toHaveLength(1)
    expect(products[0]).toMatchObject({
      id: 'a',
      images: ['https://x.test/1.png'],
      variants: [
        { id: 'a-s', options: { size: 'S' }, price: { minor: 1900 }, stock: 2 },
        { id: 'a-m', options: { size: 'M' }, price: { minor: 2100 }, stock: 0 },
      ],
    })
    expect(hidden).toHaveLength(1)
  })
})

describe('the mapping that is proposed', () => {
  it('knows columns of other names in other languages by what their cells look like [SHOP-IMPORT-12]', async () => {
    const [{ text } = { text: '' }] = writeExports(
      [...generateSample({ seed: 3, products: 40, asOfMs: 0 })].map(({ product }) => product),
    ).filter(({ file }) => file === 'marketplace.csv')
    const { plan, products } = await read(text)
    expect(Object.fromEntries(plan.columns)).toMatchObject({
      title: 'Nama Produk',
      price: 'harga',
      image: 'gambar',
      url: 'url',
    })
    expect(products).toHaveLength(40)
    expect(products[0]?.images).toHaveLength(2)
    expect(products[0]?.variants[0]?.price.minor).toBeGreaterThan(0)
  })

  it('makes no choice of constants, links, ids, HTML, dates or prose, and keeps the case of values [SHOP-IMPORT-12]', async () => {
    const rows = Array.from({ length: 30 }, (_, n) =>
      [
        n,
        `Lamp number ${n} of the row`,
        10 + n,
        ['Brass', 'Full-grain Oak'][n % 2],
        'Toko',
        `https://x.test/${n}`,
        `code-${n * 7919}`,
        '<b>Good</b> light',
        '2026-01-02',
        'A long text that says in many words what nobody would ever choose a lamp by in a shop of lamps',
      ].join('\t'),
    )
    const { products, plan } = await read(
      ['id\ttitle\tprice\tMaterial\tseller_place\tsheet\tinner code\tblurb\tadded on\tstory', ...rows].join(
        '\n',
      ),
    )
    expect([...plan.facets]).toEqual(['material'])
    expect(products[1]?.attributes).toEqual({ material: ['Full-grain Oak'] })
  })

  it('takes a catalog without prices, and says nothing of prices [SHOP-IMPORT-13]', async () => {
    const { products, plan } = await read('sku,name,material\n1,Red lamp,Brass\n2,Blue lamp,Steel\n')
    expect(plan.isPriceless).toBe(true)
    expect(products.map(({ variants }) => variants[0]?.price)).toEqual([
      { minor: 0, currency: 'XXX' },
      { minor: 0, currency: 'XXX' },
    ])
  })

  it('follows what is mapped by hand, leaves out what is to be ignored, and finds pictures below an address', async () => {
    const { products } = await read(
      'code,label,cost,tone,pic\n1,Lamp,3,Warm,a/b.jpg\n2,Sconce,4,Cold,c.jpg\n',
      {
        id: 'code',
        title: 'label',
        price: 'cost',
        image: 'pic',
        ignore: 'tone',
        imageBase: 'https://x.test/media',
      },
    )
    expect(products[0]).toMatchObject({
      id: '1',
      title: 'Lamp',
      attributes: {},
      images: ['https://x.test/media/a/b.jpg'],
    })
  })
})

describe('pairs of a name and a value', () => {
  const wares = ['Tea Urn', 'Rice Pot', 'Egg Timer', 'Milk Pan']
  const facts = (at: number) => [
    { naam: 'Gewicht', waarde: `${at + 2} kg` },
    { naam: 'Garantie', waarde: 'vijf jaar' },
    {
      naam: 'Gebruik',
      waarde: `Zet hem nooit leeg op een warme plaat, want dan bolt bodem ${at} na een uur.`,
    },
  ]
  const feed = JSON.stringify({
    artikelen: wares.map((titel, at) => ({
      titel,
      prijs: 20 + at,
      kenmerken: facts(at),
      recensies: [{ wie: 'Bo', tekst: 'Mijn tante kookt er elke dag in en is er erg blij mee.' }],
      past_bij: [{ titel: wares[(at + 1) % 4], slug: `w-${at}` }],
    })),
  })

  it('are read in lists of objects whatever their two keys are called: short ones to choose by, others told', async () => {
    const { products, plan } = await read(feed)
    expect(products[0]?.attributes).toEqual({ gewicht: ['2 kg'] })
    expect(products[0]?.description).toBe(
      'Garantie: vijf jaar\nGebruik: Zet hem nooit leeg op een warme plaat, want dan bolt bodem 0 na een uur.',
    )
    const uses = new Map(viewColumns(plan).map(({ name, use }) => [name, use]))
    expect([uses.get('gewicht'), uses.get('garantie'), uses.get('gebruik')]).toEqual([
      'attribute',
      'description',
      'description',
    ])
  })

  it('are left out where the merchant says so', async () => {
    const { products } = await read(feed, { ignore: 'gebruik' })
    expect(products[0]?.description).toBe('Garantie: vijf jaar')
  })

  it('tell the texts of metafields, be they lines, markup or rich text, and no references', async () => {
    const rich = JSON.stringify({
      type: 'root',
      children: [
        {
          type: 'paragraph',
          children: [
            { type: 'text', value: 'Oiled ' },
            { type: 'text', value: 'beech.' },
          ],
        },
        {
          type: 'list',
          children: [{ type: 'list-item', children: [{ type: 'text', value: '40 x 60 cm' }] }],
        },
      ],
    })
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
    const { products } = await read(
      lines(
        'Handle,Title,Option1 Name,Option1 Value,Variant Price,Facts (product.metafields.custom.facts),Kin (product.metafields.custom.kin)',
        `stool,Stool,Title,Default Title,9.00,${cell('• Height: 45 cm\n\n• Carries 120 kg; not for stairs\n• Five years of warranty on the frame')},gid://shopify/Product/1`,
        `bench,Bench,Title,Default Title,19.00,${cell('<ul><li>Length: 140 cm</li><li>Carries 300 kg, if it stands on even ground</li></ul>')},gid://shopify/Product/2`,
        `tray,Tray,Title,Default Title,5.00,${cell(rich)},gid://shopify/Product/3`,
      ),
    )
    expect(products.map(({ description }) => description)).toEqual([
      'Facts: • Height: 45 cm\n• Carries 120 kg; not for stairs\n• Five years of warranty on the frame',
      'Facts: • Length: 140 cm\n• Carries 300 kg, if it stands on even ground',
      'Facts: Oiled beech.\n• 40 x 60 cm',
    ])
  })
})

describe('columns of sentences under a name of their own', () => {
  const feed = lines(
    'id,title,price,description,allergy_info,internal_remarks,kept',
    '1,Plum cake,4,Baked with plums of the valley.,"Contains wheat, eggs and milk; it may hold traces of nuts from our oven.",ask Bo before we order more of these for the week,cool',
    '2,Oat bread,3,A dark loaf with a thick crust.,"Contains oats and wheat; it may hold traces of sesame from our oven.",the supplier of these is late nearly every single week,dry',
    '3,Pear tart,5,Pears on a thin base of almonds.,"Contains wheat, almonds and milk; nothing else of what the law lists is in it.",sells badly on rainy days so bake only half of it,cool',
  )

  it('are told with the description, under that name, but for what a shop writes for itself', async () => {
    const { plan, products } = await read(feed)
    expect(products[1]?.description).toBe(
      'A dark loaf with a thick crust.\nAllergy info: Contains oats and wheat; it may hold traces of sesame from our oven.',
    )
    expect(products.map(({ description }) => description).join()).not.toContain('rainy')
    expect(plan.texts).toEqual(['allergy_info'])
  })

  it('are left out where the merchant says so', async () => {
    const { products } = await read(feed, { ignore: 'allergy_info' })
    expect(products[1]?.description).toBe('A dark loaf with a thick crust.')
  })
})

describe('what exports write beside the goods', () => {
  it('takes what Shopify writes where no category was chosen for none', async () => {
    const { products } = await read(
      lines(
        'Handle,Title,Product Category,Type,Variant Price,Option1 Name,Option1 Value,Status',
        'rye-loaf,Rye loaf,Uncategorized,Bread,4.00,Title,Default Title,active',
        'bun,Bun,,Bread,1.00,Title,Default Title,active',
        'jam,Plum jam,Uncategorized,,5.00,Title,Default Title,active',
      ),
    )
    expect(products.map(({ categories }) => categories)).toEqual([['Bread'], ['Bread'], []])
  })

  it('takes the number of a category in a list of somebody else for no property', async () => {
    const { products } = await read(
      lines(
        'id,title,price,product_type,google_product_category,grain',
        ...Array.from(
          { length: 6 },
          (_, at) => `${at},Loaf ${at},4,Bread,${at % 2 === 0 ? 1876 : 5904},${at % 2 === 0 ? 'rye' : 'oat'}`,
        ),
      ),
    )
    expect(products[0]).toMatchObject({ categories: ['Bread'], attributes: { grain: ['rye'] } })
    expect(Object.keys(products[0]?.attributes ?? {})).toEqual(['grain'])
  })

  it('finds goods in a document that calls them by no known name', async () => {
    const { products } = await read(
      `<?xml version="1.0"?><LADEN><FIRMA><NAME>Hollin</NAME><BESCHREIBUNG>Ein Laden</BESCHREIBUNG></FIRMA><GRUPPE>
       <WARE><NR>1</NR><BEZEICHNUNG>Roggenbrot</BEZEICHNUNG><PREIS>4,00</PREIS><MARKE>Hollin</MARKE><MASSE><HOEHE>10</HOEHE></MASSE></WARE>
       <WARE><NR>2</NR><BEZEICHNUNG>Dinkelbrot &amp; Butter</BEZEICHNUNG><PREIS>5,50</PREIS><MARKE>Hollin</MARKE></WARE>
       </GRUPPE></LADEN>`,
    )
    expect(products.map(({ title, variants }) => [title, variants[0]?.price.minor])).toEqual([
      ['Roggenbrot', 400],
      ['Dinkelbrot & Butter', 550],
    ])
  })

  it('hides a draft whose state is kept from being a formula, and shows amounts without that sign', async () => {
    const { products, hidden } = await read(
      lines(
        'ID,Type,Name,Published,Visibility in catalog,Regular price,Weight (kg)',
        "1,simple,Rye loaf,1,visible,4,'+1",
        "2,simple,Spelt loaf,'-1,visible,5,'+2",
        '3,simple,Oat loaf,1,visible,6,1',
      ),
    )
    expect(products.map(({ title }) => title)).toEqual(['Rye loaf', 'Oat loaf'])
    expect(hidden).toHaveLength(1)
  })

  it('looks only at what rows state when it joins sizes, however many columns others have', () => {
    const wide = Array.from({ length: 300 }, (_, at) => `measure ${at}`)
    let reads = 0
    const rows = Array.from({ length: 300 }, (_, at) => ({
      at: at + 1,
      fields: new Proxy<Record<string, unknown>>(
        { name: `Peg ${at % 100}`, size: ['S', 'M', 'L'][Math.floor(at / 100)], [wide[at] ?? '']: 'oak' },
        {
          get: (fields, name) => {
            reads++
            return fields[name as string]
          },
        },
      ),
    }))
    const profile = (share: number) => ({
      ...new ColumnProfiler().profile(),
      rows: 300,
      filled: 300,
      distinct: 3,
      distinctShare: share,
      meanLength: 3,
      meanWords: 1,
      maxLength: 3,
    })
    const profiles = new Map([
      ['name', profile(0.3)],
      ['size', profile(0.01)],
      ...wide.map((name) => [name, profile(0.01)] as const),
    ])
    const found = findRowFamilies(
      rows,
      new Map([['title', 'name'] as const, ['size', 'size'] as const]),
      profiles,
    )
    expect(reads).toBeLessThan(300 * 60)
    expect(found.size).toBe(0)
  })
})
