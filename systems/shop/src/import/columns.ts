/** What a product row may state. Everything else in a row becomes an attribute. */
export const productColumns = {
  id: ['id', 'product_id', 'productid', 'item_id', 'sku', 'handle', 'article_number', 'asin', 'item_number'],
  group: ['item_group_id', 'group_id', 'parent_id', 'parent_sku', 'parent', 'product_group', 'style_id'],
  title: ['title', 'name', 'product_title', 'product_name', 'item_name', 'product'],
  description: [
    'description',
    'body_html',
    'body',
    'long_description',
    'details',
    'product_description',
    'content',
    'summary',
  ],
  brand: ['brand', 'vendor', 'manufacturer', 'maker', 'brand_name'],
  category: [
    'product_type',
    'category',
    'categories',
    'product_category',
    'google_product_category',
    'type',
    'department',
    'category_path',
  ],
  price: ['price', 'regular_price', 'list_price', 'unit_price', 'variant_price', 'price_usd', 'amount'],
  salePrice: ['sale_price', 'special_price', 'discount_price', 'offer_price', 'discounted_price'],
  compareAt: [
    'compare_at_price',
    'compare_at',
    'variant_compare_at_price',
    'was_price',
    'msrp',
    'rrp',
    'original_price',
  ],
  currency: ['currency', 'currency_code', 'price_currency'],
  stock: [
    'stock',
    'quantity',
    'inventory',
    'stock_quantity',
    'inventory_quantity',
    'variant_inventory_qty',
    'qty',
    'sell_on_google_quantity',
  ],
  availability: ['availability', 'stock_status', 'in_stock', 'available'],
  image: ['image_link', 'image', 'image_url', 'image_src', 'images', 'picture', 'photo', 'main_image'],
  moreImages: ['additional_image_link', 'additional_images', 'more_images', 'gallery'],
  url: ['link', 'url', 'product_url', 'product_link', 'permalink'],
  rating: ['rating', 'average_rating', 'stars', 'review_rating', 'rating_average'],
  ratingCount: [
    'rating_count',
    'review_count',
    'reviews_count',
    'number_of_reviews',
    'num_reviews',
    'ratings',
  ],
  variantId: ['variant_id', 'variant_sku', 'variantid'],
  color: ['color', 'colour'],
  size: ['size', 'shoe_size'],
  services: ['services', 'service'],
  shipping: ['shipping'],
  freeShipping: ['free_shipping', 'is_free_shipping', 'freeshipping'],
  flashSale: ['flash_sale', 'is_flash_sale', 'flashsale'],
  cashOnDelivery: ['cash_on_delivery', 'cod', 'is_cod'],
  officialStore: ['official_store', 'is_official_store', 'official', 'mall'],
  attributes: ['attributes', 'product_detail', 'specifications', 'specs'],
  options: ['options', 'variant_options'],
} as const satisfies Record<string, readonly string[]>

export const reviewColumns = {
  id: ['review_id', 'id'],
  product: ['product_id', 'productid', 'product', 'sku', 'item_id', 'product_handle', 'handle'],
  rating: ['rating', 'stars', 'score', 'review_rating'],
  title: ['title', 'review_title', 'headline', 'summary'],
  text: ['text', 'body', 'review', 'review_text', 'review_body', 'comment', 'content'],
  author: ['author', 'reviewer', 'name', 'reviewer_name', 'customer', 'nickname'],
  date: ['date', 'created_at', 'at', 'review_date', 'timestamp', 'submitted_at'],
  verified: ['verified', 'verified_purchase', 'verified_buyer'],
} as const satisfies Record<string, readonly string[]>

export const questionColumns = {
  id: ['question_id', 'id'],
  product: ['product_id', 'productid', 'product', 'sku', 'item_id', 'product_handle', 'handle'],
  question: ['question', 'question_text'],
  answer: ['answer', 'answer_text', 'reply'],
  author: ['answer_author', 'author', 'answered_by'],
  votes: ['votes', 'helpful', 'upvotes'],
} as const satisfies Record<string, readonly string[]>

export type ProductColumn = keyof typeof productColumns

/** `Variant Compare At Price` → `variant_compare_at_price`; `g:image_link` → `image_link`. */
export function columnKey(name: string): string {
  return name
    .trim()
    .replace(/^g:/i, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
}

/**
 * Finds which of the file's names states each column: what `mapping` (our column → the file's) says, else the first
 * alias that the file has.
 */
export function matchColumns<Column extends string>(
  names: readonly string[],
  columns: Readonly<Record<Column, readonly string[]>>,
  mapping: Readonly<Record<string, string>>,
): Map<Column, string> {
  const byKey = new Map<string, string>()
  for (const name of names) {
    const key = columnKey(name)
    if (!byKey.has(key)) byKey.set(key, name)
  }
  const matched = new Map<Column, string>()
  for (const column of Object.keys(columns) as Column[]) {
    const asked = mapping[column]
    const found =
      asked === undefined
        ? columns[column].map((alias) => byKey.get(alias)).find((name) => name !== undefined)
        : (names.find((name) => name === asked) ?? byKey.get(columnKey(asked)))
    if (found !== undefined) matched.set(column, found)
  }
  return matched
}
