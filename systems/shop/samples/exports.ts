import type { Product } from '../src/domain/product.ts'

/** Catalogs written as platforms export them, each with products that its shop hides. For evals and tests. */
export interface Export {
  file: string
  text: string
}

const cell = (value: string | number): string => {
  const text = String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const csv = (header: readonly string[], rows: readonly Record<string, string | number>[]): string =>
  [header.join(','), ...rows.map((row) => header.map((name) => cell(row[name] ?? '')).join(','))].join('\n')

const major = (minor: number) => (minor / 100).toFixed(2)
const label = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ')
/** Every fourth product is one that the shop hides. */
const isHidden = (index: number) => index % 4 === 3

function shopify(products: readonly Product[]): string {
  const header = [
    'Handle',
    'Title',
    'Body (HTML)',
    'Vendor',
    'Type',
    'Tags',
    'Published',
    'Option1 Name',
    'Option1 Value',
    'Option2 Name',
    'Option2 Value',
    'Variant SKU',
    'Variant Inventory Tracker',
    'Variant Inventory Qty',
    'Variant Price',
    'Variant Compare At Price',
    'Image Src',
    'Status',
  ]
  return csv(
    header,
    products.flatMap((product, index) =>
      product.variants.map((variant, at) => {
        const names = Object.keys(product.variants[0]?.options ?? {})
        const first =
          at === 0
            ? {
                Title: product.title,
                'Body (HTML)': `<p>${product.description}</p>`,
                Vendor: product.brand ?? '',
                Type: product.categories.at(-1) ?? '',
                Published: index % 8 === 3 ? 'FALSE' : 'TRUE',
                Status: index % 8 === 7 ? 'draft' : 'active',
                'Option1 Name': names[0] === undefined ? 'Title' : label(names[0]),
                'Option2 Name': names[1] === undefined ? '' : label(names[1]),
              }
            : {}
        return {
          Handle: product.id,
          ...first,
          'Option1 Value': names[0] === undefined ? 'Default Title' : (variant.options[names[0]] ?? ''),
          'Option2 Value': names[1] === undefined ? '' : (variant.options[names[1]] ?? ''),
          'Variant SKU': variant.id,
          'Variant Inventory Tracker': 'shopify',
          'Variant Inventory Qty': variant.stock ?? 0,
          'Variant Price': major(variant.price.minor),
          'Image Src': 'https://pictures.example/1.jpg',
        }
      }),
    ),
  )
}

function woocommerce(products: readonly Product[]): string {
  const header = [
    'ID',
    'Type',
    'SKU',
    'Name',
    'Published',
    'Visibility in catalog',
    'Description',
    'In stock?',
    'Sale price',
    'Regular price',
    'Categories',
    'Images',
    'Parent',
    'Attribute 1 name',
    'Attribute 1 value(s)',
    'Attribute 1 visible',
    'Attribute 2 name',
    'Attribute 2 value(s)',
    'Attribute 2 visible',
  ]
  const parents: Record<string, string | number>[] = []
  const variations: Record<string, string | number>[] = []
  for (const [index, product] of products.entries()) {
    const names = Object.keys(product.variants[0]?.options ?? {})
    const isVariable = product.variants.length > 1 && names.length > 0
    const [only] = product.variants
    const pairs = (valueOf: (name: string) => string) =>
      Object.fromEntries(
        names.slice(0, 2).flatMap((name, at) => [
          [`Attribute ${at + 1} name`, label(name)],
          [`Attribute ${at + 1} value(s)`, valueOf(name)],
          [`Attribute ${at + 1} visible`, 1],
        ]),
      )
    parents.push({
      ID: index + 1,
      Type: isVariable ? 'variable' : 'simple',
      SKU: product.id,
      Name: product.title,
      Published: index % 8 === 3 ? 0 : 1,
      'Visibility in catalog': index % 8 === 7 ? 'hidden' : 'visible',
      Description: product.description,
      'In stock?': 1,
      'Regular price': isVariable || !only ? '' : major(only.price.minor),
      Categories: product.categories.join(' > '),
      Images: 'https://pictures.example/1.jpg, https://pictures.example/2.jpg',
      ...(isVariable
        ? pairs((name) => [...new Set(product.variants.map(({ options }) => options[name] ?? ''))].join(', '))
        : {}),
    })
    if (!isVariable) continue
    for (const [at, variant] of product.variants.entries()) {
      variations.push({
        ID: 10_000 + index * 100 + at,
        Type: 'variation',
        SKU: variant.id,
        Name: `${product.title} - ${Object.values(variant.options).join(', ')}`,
        Published: 1,
        'Visibility in catalog': 'visible',
        'In stock?': 1,
        'Regular price': major(variant.price.minor),
        Parent: product.id,
        ...pairs((name) => variant.options[name] ?? ''),
      })
    }
  }
  return csv(header, [...parents, ...variations])
}

function magento(products: readonly Product[]): string {
  const header = [
    'sku',
    'product_type',
    'categories',
    'name',
    'description',
    'product_online',
    'visibility',
    'price',
    'qty',
    'is_in_stock',
    'base_image',
    'additional_attributes',
    'configurable_variations',
  ]
  return csv(
    header,
    products.flatMap((product, index) => {
      const categories = product.categories
        .map((_, at) => ['Default Category', ...product.categories.slice(0, at + 1)].join('/'))
        .join(',')
      const isConfigurable = product.variants.length > 1
      const shared = {
        categories,
        description: `<p>${product.description}</p>`,
        product_online: index % 8 === 3 ? 2 : 1,
        base_image: '/p/1.jpg',
        is_in_stock: 1,
      }
      const children = product.variants.map((variant) => ({
        ...shared,
        sku: variant.id,
        product_type: 'simple',
        name: `${product.title}-${Object.values(variant.options).join('-')}`,
        visibility: isConfigurable
          ? 'Not Visible Individually'
          : isHidden(index)
            ? 'Not Visible Individually'
            : 'Catalog, Search',
        price: major(variant.price.minor),
        qty: variant.stock ?? 5,
        additional_attributes:
          Object.entries(variant.options)
            .map(([name, value]) => `${name}=${value}`)
            .join(',') || 'has_options=0',
      }))
      if (!isConfigurable) return children.map((child) => ({ ...child, name: product.title }))
      const parent = {
        ...shared,
        sku: product.id,
        product_type: 'configurable',
        name: product.title,
        visibility: isHidden(index) ? 'Not Visible Individually' : 'Catalog, Search',
        configurable_variations: product.variants
          .map((variant) =>
            [
              `sku=${variant.id}`,
              ...Object.entries(variant.options).map(([name, value]) => `${name}=${value}`),
            ].join(','),
          )
          .join('|'),
      }
      return [...children, parent]
    }),
  )
}

function nestedJson(products: readonly Product[]): string {
  const entries = products.map((product, index) => ({
    id: product.id,
    title: product.title,
    status: isHidden(index) ? 'draft' : 'published',
    description: product.description,
    categories: product.categories.map((name) => ({ name, handle: name.toLowerCase() })),
    images: [{ url: 'https://pictures.example/1.jpg' }],
    options: Object.keys(product.variants[0]?.options ?? {}).map((title) => ({
      title: label(title),
      values: [...new Set(product.variants.map(({ options }) => options[title] ?? ''))],
    })),
    variants: product.variants.map((variant) => ({
      sku: variant.id,
      title: Object.values(variant.options).join(' / '),
      inventory_quantity: variant.stock ?? 3,
      options: Object.fromEntries(
        Object.entries(variant.options).map(([name, value]) => [label(name), value]),
      ),
      prices: [{ currency_code: 'usd', amount: variant.price.minor / 100 }],
    })),
  }))
  return JSON.stringify({ store: { currencies: ['usd'] }, products: entries }, null, 1)
}

/** Columns as a marketplace in another language dumps them: prices in powers of ten, lists as JSON in cells. */
function marketplace(products: readonly Product[]): string {
  return csv(
    ['url', 'Nama Produk', 'harga', 'gambar', 'jalur', 'keterangan', 'toko'],
    products.map((product) => ({
      url: `https://market.example/p/${product.id}`,
      'Nama Produk': product.title,
      harga: ((product.variants[0]?.price.minor ?? 0) / 100)
        .toExponential(4)
        .replace(/e\+?(-?)(\d)$/, 'e+$1$2')
        .replace('e+-', 'e-'),
      gambar: JSON.stringify(['https://pictures.example/1.jpg', 'https://pictures.example/2.jpg']),
      jalur: JSON.stringify(product.categories),
      keterangan: product.description,
      toko: 'Toko Satu',
    })),
  )
}

export function writeExports(products: readonly Product[]): Export[] {
  return [
    { file: 'shopify.csv', text: shopify(products) },
    { file: 'woocommerce.csv', text: woocommerce(products) },
    { file: 'magento.csv', text: magento(products) },
    { file: 'nested.json', text: nestedJson(products) },
    { file: 'marketplace.csv', text: marketplace(products) },
  ]
}
