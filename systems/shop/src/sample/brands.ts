/** Invented names; any likeness to a real brand is chance. Each pool is one trade. */
export const brandPools = {
  football: ['Corvane', 'Tavrik', 'Halvero', 'Kestrin', 'Ondarro', 'Pellago'],
  running: ['Stridewell', 'Corvane', 'Velquist', 'Arrowen', 'Halvero', 'Nimblar'],
  outdoor: ['Fjellhav', 'Cragmoor', 'Tarnwick', 'Northolm', 'Basaltic', 'Wendrift'],
  fitness: ['Ferrovo', 'Gripwell', 'Halvero', 'Balansa', 'Torqline'],
  clothing: ['Marlowe & Finch', 'Oakhaven', 'Lindqua', 'Brightwater', 'Tessaly', 'Norden Row'],
  shoes: ['Hartwell', 'Lindqua', 'Cobblane', 'Vessari', 'Oakhaven', 'Pomero'],
  kitchen: ['Kessel & Rye', 'Brasato', 'Pomelo Home', 'Emberly', 'Copperfold', 'Vantello'],
  appliance: ['Vantello', 'Domora', 'Aerwind', 'Kessel & Rye', 'Hausmark', 'Ristova'],
  home: ['Hollin Home', 'Saltmere', 'Pomelo Home', 'Lumette', 'Everfold', 'Nordlune'],
  furniture: ['Nordlune', 'Asher & Vale', 'Tamber', 'Hollin Home', 'Ridgeworks', 'Velda'],
  audio: ['Sonarch', 'Aurivo', 'Hushline', 'Bellweather', 'Klangor', 'Tonewell'],
  mobile: ['Quantrel', 'Auralis', 'Nexovo', 'Pixellar', 'Orbiton'],
  computer: ['Quantrel', 'Zephyrix', 'Corelume', 'Tessamax', 'Inkwell Labs', 'Orbiton'],
  photo: ['Pixellar', 'Lumière West', 'Okulon', 'Fieldglass'],
  beauty: ['Verbelle', 'Saisonne', 'Dewlane', 'Botanique Nord', 'Halcyra', 'Purelo'],
  toys: ['Tinkerbee', 'Wobblewood', 'Bricklane', 'Plumberry', 'Little Comet', 'Puzzlorium'],
  baby: ['Snugglebee', 'Little Comet', 'Dovenest', 'Mellowpip', 'Hushaby'],
  pets: ['Barkwell', 'Purrington', 'Tailhaven', 'Wildbowl', 'Pawtrek'],
  garden: ['Greenfell', 'Rootmark', 'Bramblewood', 'Sundial & Co', 'Terrafirm'],
  tools: ['Ironbeck', 'Torqline', 'Hausmark', 'Redgauge', 'Steadfast'],
  stationery: ['Inkwell & Fold', 'Papermoor', 'Quillon', 'Margin Notes', 'Studio Tern'],
  food: ['Harvest Lane', 'Bean & Barrow', 'Montefiore Pantry', 'Tidewater Tea', 'Golden Acre', 'Cacaovia'],
  travel: ['Wayfold', 'Northolm', 'Transiva', 'Hartwell', 'Carrowby'],
} as const satisfies Record<string, readonly string[]>

export type BrandPool = keyof typeof brandPools

/** Model names by mood. A brand takes them in an order of its own, so that a name is a line of that brand. */
export const namePools = {
  swift: [
    'Swift', 'Surge', 'Vanta', 'Strike', 'Falcon', 'Comet', 'Volley', 'Rapido', 'Tempest', 'Arrow', 'Blaze', 'Onyx',
    'Lynx', 'Cobra', 'Zenith', 'Dart', 'Raptor', 'Flare', 'Mistral', 'Talon', 'Vector', 'Pulsar', 'Rush', 'Meteor',
    'Sprint', 'Kite', 'Phantasm', 'Bolt', 'Storm', 'Lancer', 'Orbit', 'Ignite', 'Cyclone', 'Stratos', 'Ember', 'Drift',
  ],
  trail: [
    'Ridge', 'Cairn', 'Summit', 'Glacier', 'Heather', 'Granite', 'Fell', 'Traverse', 'Boulder', 'Tundra', 'Larch', 'Scree',
    'Brook', 'Canyon', 'Moraine', 'Aspen', 'Basin', 'Pinnacle', 'Lichen', 'Sierra', 'Juniper', 'Delta', 'Tarn', 'Bivouac',
    'Crest', 'Gully', 'Outpost', 'Rowan', 'Spruce', 'Wilder', 'Cascade', 'Foothill', 'Hollow', 'Meadow', 'Plateau', 'Quarry',
  ],
  calm: [
    'Alder', 'Hollis', 'Linden', 'Maren', 'Soren', 'Willow', 'Elsa', 'Bryn', 'Clara', 'Edda', 'Fenn', 'Greta', 'Hazel',
    'Iris', 'Juno', 'Kaia', 'Lotta', 'Mila', 'Nora', 'Otis', 'Petra', 'Quinn', 'Romy', 'Saga', 'Tilda', 'Una', 'Vera',
    'Wren', 'Alma', 'Benno', 'Cora', 'Dahl', 'Enzo', 'Freya', 'Gustav', 'Hedda',
  ],
  tech: [
    'Arc', 'Nova', 'Pulse', 'Halo', 'Prism', 'Atlas', 'Cadence', 'Flux', 'Ion', 'Lumen', 'Apex', 'Quanta', 'Relay',
    'Sonic', 'Tempo', 'Ultra', 'Vertex', 'Wave', 'Axon', 'Beacon', 'Cipher', 'Delta', 'Edge', 'Fusion', 'Gamma',
    'Helix', 'Indigo', 'Kinetic', 'Logic', 'Mono', 'Neon', 'Optic', 'Photon', 'Quartz', 'Rhythm', 'Signal',
  ],
  craft: [
    'Forge', 'Hearth', 'Anvil', 'Bench', 'Copper', 'Guild', 'Mason', 'Tradesman', 'Workshop', 'Cooper', 'Joiner',
    'Smith', 'Heritage', 'Foundry', 'Keystone', 'Millwright', 'Rivet', 'Stonework', 'Timber', 'Wainwright', 'Chisel',
    'Dovetail', 'Gauge', 'Ledger', 'Mortar', 'Plumb', 'Quarter', 'Saddle', 'Tenon', 'Trestle', 'Carver', 'Turner',
    'Potter', 'Weaver', 'Glazier', 'Cutler',
  ],
  bloom: [
    'Petal', 'Dew', 'Lumina', 'Velvet', 'Silk', 'Aurora', 'Blossom', 'Calm', 'Radiance', 'Clarity', 'Oasis', 'Whisper',
    'Amber', 'Cloud', 'Nectar', 'Fresh', 'Glow', 'Haven', 'Ivory', 'Jasmine', 'Lavender', 'Meadowlight', 'Nightfall',
    'Opal', 'Pearl', 'Rosewood', 'Serene', 'Tonic', 'Verbena', 'Wildflower', 'Balm', 'Camellia', 'Dawn', 'Elixir',
    'Fern', 'Halcyon',
  ],
  play: [
    'Rocket', 'Bumble', 'Dino', 'Rainbow', 'Jungle', 'Pirate', 'Castle', 'Galaxy', 'Safari', 'Robot', 'Unicorn', 'Dragon',
    'Treasure', 'Circus', 'Farmyard', 'Ocean', 'Arctic', 'Monster', 'Fairy', 'Racer', 'Lighthouse', 'Volcano', 'Bakery',
    'Treehouse', 'Comet', 'Panda', 'Fox', 'Owl', 'Penguin', 'Bear', 'Otter', 'Hedgehog', 'Koala', 'Tiger', 'Whale', 'Turtle',
  ],
  taste: [
    'Sunrise', 'Hillside', 'Old Mill', 'Harbour', 'Orchard', 'Valley', 'Terrace', 'Monastery', 'Riverside', 'Highland',
    'Grove', 'Market', 'Estate', 'Lighthouse', 'Vineyard', 'Cottage', 'Station', 'Bridge', 'Courtyard', 'Prairie',
    'Summer', 'Winter', 'Autumn', 'Festival', 'Evening', 'Morning', 'Garden', 'Island', 'Coastal', 'Mountain', 'Meadow',
    'Forest', 'Lakeside', 'Village', 'Homestead', 'Canopy',
  ],
} as const satisfies Record<string, readonly string[]>

export type NamePool = keyof typeof namePools
