/** British and other spellings to one form. Keys and values are whole words. */
const spellings = new Map<string, string>(
  Object.entries({
    colour: 'color',
    colours: 'colors',
    coloured: 'colored',
    colourful: 'colorful',
    grey: 'gray',
    greyish: 'grayish',
    aluminium: 'aluminum',
    jewellery: 'jewelry',
    jewelery: 'jewelry',
    fibre: 'fiber',
    fibres: 'fibers',
    fibreglass: 'fiberglass',
    litre: 'liter',
    litres: 'liters',
    metre: 'meter',
    metres: 'meters',
    centre: 'center',
    mould: 'mold',
    moulds: 'molds',
    moulding: 'molding',
    pyjama: 'pajama',
    pyjamas: 'pajamas',
    tyre: 'tire',
    tyres: 'tires',
    moustache: 'mustache',
    organiser: 'organizer',
    organisers: 'organizers',
    moisturiser: 'moisturizer',
    moisturising: 'moisturizing',
    fertiliser: 'fertilizer',
    steriliser: 'sterilizer',
    sanitiser: 'sanitizer',
    vaporiser: 'vaporizer',
    stabiliser: 'stabilizer',
    customised: 'customized',
    personalised: 'personalized',
    flavour: 'flavor',
    flavoured: 'flavored',
    favourite: 'favorite',
    armour: 'armor',
    vapour: 'vapor',
    odour: 'odor',
    theatre: 'theater',
    programme: 'program',
    catalogue: 'catalog',
    whisky: 'whiskey',
    yoghurt: 'yogurt',
    doughnut: 'donut',
    licence: 'license',
    plough: 'plow',
    pantyhose: 'pantyhose',
    moisturize: 'moisturize',
    kilo: 'kg',
    kilos: 'kg',
    wifi: 'wifi',
    hifi: 'hifi',
    adaptor: 'adapter',
    adaptors: 'adapters',
    gauge: 'gauge',
    gage: 'gauge',
    lite: 'light',
    nite: 'night',
    xmas: 'christmas',
    sneeker: 'sneaker',
    accessorie: 'accessory',
    stationary: 'stationery',
    vacum: 'vacuum',
    neckless: 'necklace',
    braclet: 'bracelet',
    moter: 'motor',
    bluetooh: 'bluetooth',
  }),
)

/** One spelling for words that are written in several ways; other words come back as they are. */
export function oneSpelling(word: string): string {
  return spellings.get(word) ?? word
}

/** Lower case without diacritics, with plain quotes, dashes and inch marks; compatibility forms folded (NFKC). */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[\u2018\u2019\u2032\u02bc`\u00b4]/g, "'")
    .replace(/[\u201c\u201d]|''/g, '"')
    .replace(/[\u2014\u2015]/g, ' - ')
    .replace(/[\u2010-\u2013\u2212]/g, '-')
    .replace(/[\u00d7\u2715]/g, 'x')
}
