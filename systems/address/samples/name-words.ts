/** Words that made addresses are put together from. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Of one word, as streets are called. */
export const streetWords = words(`
Washington Jefferson Lincoln Jackson Madison Monroe Adams Franklin Grant Cleveland Wilson Harrison Taylor Tyler Polk Kennedy Roosevelt
Oak Maple Pine Cedar Elm Walnut Chestnut Birch Spruce Willow Sycamore Magnolia Dogwood Hickory Poplar Laurel Cypress Juniper Aspen
Cherry Peach Apple Pecan Hawthorn Linden Locust Mulberry Holly Ivy Fern Rose Lilac Tulip Jasmine Azalea Camellia Heather Clover
Main Front Water Market Church School Mill River Bridge Broad High Center Court College University Academy Depot Railroad Canal Dock
Commerce Industrial Enterprise Technology Corporate Commercial Airport Stadium Convention Museum Library Mercer Harvard Yale Princeton
Sunset Sunrise Morning Evening Summer Winter Autumn Spring Meadow Prairie Valley Hill Ridge Mountain Canyon Lake Ocean Beach Bay Harbor
Sherman Sheridan Custer Houston Austin Travis Crockett Boone Carson Fremont Dearborn Wabash Halsted Ashland Kedzie Pulaski Cicero
Peachtree Piedmont Ponce Euclid Superior Huron Erie Ontario Michigan Illinois Indiana Ohio Kentucky Tennessee Virginia Carolina Georgia
Florida Texas Nevada California Oregon Delaware Pennsylvania Connecticut Massachusetts Hampshire Vermont Maryland Dakota Arizona Hawaii
Smith Johnson Williams Brown Jones Miller Davis Garcia Rodriguez Martinez Anderson Thomas Moore Martin Lee Thompson White Lopez Clark
Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hall Baker Rivera Campbell Mitchell Carter Roberts Gomez Phillips Evans
Turner Parker Collins Edwards Stewart Morris Murphy Cook Rogers Morgan Peterson Cooper Reed Bailey Bell Kelly Howard Ward Cox Richardson
Watson Brooks Wood Bennett Gray Hughes Price Sanders Myers Long Ross Foster Powell Jenkins Perry Russell Sullivan Fisher Henderson
Broadway Boardwalk Bowery Esplanade Fairway Frontage Midway Parkside Lakeside Riverside Hillside Brookside Woodland Highland Fairview
Greenwood Glenwood Lakewood Oakwood Edgewood Sherwood Wildwood Kenwood Elmwood Rosewood Brentwood Crestwood Northwood Westwood Eastwood
Stonewall Blackstone Whitestone Fieldstone Greystone Cobblestone Brookhaven Fairhaven Westminster Canterbury Cambridge Oxford Windsor
Berkshire Devonshire Yorkshire Lancaster Sussex Essex Kent Surrey Dover Avon Stratford Bristol Chester Manchester Nottingham
Eagle Falcon Hawk Robin Cardinal Bluebird Heron Pheasant Quail Partridge Deer Fox Wolf Bear Beaver Otter Buffalo Antelope Coyote
Pioneer Frontier Settlers Homestead Plantation Colonial Federal Liberty Freedom Independence Union Constitution Patriot Victory Veterans
Apache Cherokee Seminole Navajo Mohawk Shawnee Osage Choctaw Comanche Iroquois Algonquin Pontiac Tecumseh Osceola Seneca Oneida Cayuga
Mockingbird Nightingale Whippoorwill Sandpiper Pelican Seagull Dolphin Marlin Coral Pearl Amber Crystal Diamond Emerald Ruby Sapphire
Vine Grove Orchard Garden Park Forest Glen Dale Vale Brook Creek Branch Fork Spring Falls Rapids Landing Crossing Point Cape Island
Charles James John George Henry Edward Robert William David Joseph Mary Elizabeth Anne Margaret Helen Ruth Alice Grace Clara Emma
Delmar Lindell Euclid Kingshighway Skinker Gravois Chouteau Lemay Tesson Manchester Olive Pershing MacArthur Eisenhower Patton Bradley
McDonald McKinley McCormick O'Brien O'Neill DeKalb LaSalle DuPont VanBuren Fitzgerald St.Clair Hawthorne Longfellow Emerson Thoreau
`)

/** Of several words. */
export const streetPhrases: readonly string[] = `
Martin Luther King Jr|Dr Martin Luther King|Malcolm X|Cesar Chavez|John F Kennedy|Robert E Lee|George Washington|Booker T Washington
Lake Shore|River Bend|Mill Creek|Stone Mill|Old Mill|Old Post|Old Orchard|Old Farm|Old Church|New Hope|Forest Hill|Forest Park|Park Place
Sugar Creek|Indian Trail|Rocky Point|Beaver Dam|Bear Creek|Deer Run|Fox Hollow|Eagle Nest|Turkey Foot|Horse Shoe|Wagon Wheel|Buck Run
Pleasant Valley|Pleasant Hill|Mount Vernon|Mount Pleasant|Mountain View|Valley View|Prairie View|Ocean View|Lake View|Bay Shore
Saint Charles|St Louis|St Clair|Saint Andrews|San Antonio|San Pedro|San Jacinto|Santa Fe|Santa Monica|Los Robles|Las Palmas|Los Feliz
La Brea|La Cienega|La Jolla|El Dorado|El Paso|Del Mar|Del Rio|De Soto|Van Buren|Van Dyke|Van Ness|Le Jeune|Des Moines|Des Plaines
Gross Point|Skokie Valley|Elm Grove|Cedar Hill|Cottage Grove|Spring Garden|Rose Hill|Chestnut Hill|Locust Grove|Cherry Hill|Maple Leaf
Town Center|Civic Center|Medical Center|Business Park|Industrial Park|Research Park|Corporate Woods|Executive Park|Office Park
Great Plains|Great Northern|Grand Central|Grand River|Grand Traverse|Big Horn|Big Bend|Little Neck|Little River|Black Hawk|White Oak
Red Bud|Red Oak|Green Valley|Blue Ridge|Blue Heron|Golden Gate|Silver Lake|Copper Ridge|Iron Horse|Iron Bridge|Stone Ridge|Rock Island
North Shore|South Shore|East Gate|West Gate|North Point|West Point|South Hill|East Lake|West End|North Park|Southwest Harbor|West Side
Paces Ferry|Powers Ferry|Buford Dam|Chamblee Tucker|Peachtree Dunwoody|Roswell Mill|Cross Beam|Crossways Park|Deerwood Park|Oak Park
Second Creek|Twin Lakes|Three Rivers|Four Seasons|Five Points|Seven Oaks|Nine Mile|Twelve Oaks|Ten Mile|One Mile|Six Forks|Ninety Six
Avenue of Champions|Court of Flags|Trail of Tears|Field of Dreams|Capital of Texas|Veterans of Foreign Wars|Isle of Palms
Rancho Vista|Via Linda|Camino Real|Paseo Verde|Casa Grande|Mesa Verde|Palo Alto|Corte Madera|Loma Linda|Vista Grande|Buena Vista
Republic De Cuba|Bayou La Batre|Rue Royale|Fleur De Lis|Bois D Arc|Coeur D Alene|Pont Du Lac|Champs Elysees|Belle Terre|Bon Air
`
  .trim()
  .split(/[|\n]/)

export const givenNames = words(`
James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Sarah Carlos
Karen Christopher Lisa Daniel Nancy Matthew Betty Anthony Sandra Mark Margaret Donald Ashley Steven Kimberly Paul Emily Andrew Donna
Wei Ling Priya Anil Yusuf Fatima Olga Ivan Jose Maria Luis Carmen Hiroshi Yuki Kwame Amara Liam Noah Olivia Emma
`)

export const familyNames = words(`
Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas Taylor Moore
Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen
Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Patel Kim Chen Singh Khan Ivanov Schmidt Kowalski Rossi
`)

export const companyWords = words(`
Acme Summit Pinnacle Apex Premier Superior Allied United National American Global Midwest Pacific Atlantic Northern Southern Western
Eastern Heritage Legacy Liberty Capitol Central Metro Valley Lakeside Riverside Advanced Precision Quality Reliable Integrated Modern
Creative Digital Dynamic Strategic First Bright Blue Green Golden Silver Sterling Diamond Crystal Evergreen Horizon Keystone Landmark
`)

export const companyTrades = words(`
Insurance Construction Plumbing Electric Roofing Dental Medical Realty Properties Holdings Consulting Solutions Systems Software
Logistics Transport Freight Foods Bakery Coffee Restaurant Hotel Fitness Salon Florist Jewelers Motors Auto Tire Hardware Lumber Supply
Manufacturing Engineering Architects Marketing Media Printing Publishing Pharmacy Clinic Hospital Veterinary School Academy Church
Ministries Foundation Bank Financial Investments Capital Mortgage Law Accounting Staffing Security Cleaning Landscaping Farms
`)

export const companyEnds = [
  'Inc',
  'Inc.',
  'LLC',
  'Corp',
  'Corporation',
  'Co',
  'Co.',
  'Company',
  'Ltd',
  'Group',
  'Associates',
  '& Sons',
  'LLP',
  'PC',
]

export const buildingEnds = [
  'Tower',
  'Building',
  'Plaza',
  'Center',
  'Bldg',
  'Towers',
  'Commons',
  'Hall',
  'Galleria',
  'Complex',
  'House',
]

export const landmarkEnds = [
  'Mall',
  'Shopping Center',
  'Airport',
  'Square',
  'Plaza',
  'Stadium',
  'Fairgrounds',
  'Station',
  'Park',
  'Village',
  'Center',
]

/** Beginnings, middles and ends of names that nobody has seen, so that a name is known by where it stands. */
export const syllables = {
  first:
    words(`Bar Bel Bran Cal Car Chal Cor Dal Dar Del Dun El Fal Far Gar Glen Gran Hal Har Hol Ken Kil Lan Lin Lor Mal Mar Mel Mor Nor
    Or Pal Par Pem Quin Ran Ros Sal Shel Sten Tal Tar Thorn Tor Tul Val Ver Wal War Wen Wil Win Yar Zel Og Ok Wau Che Mis Kal Ko`),
  middle: ['', '', '', 'a', 'i', 'o', 'er', 'en', 'ing', 'le', 'ma', 'ka', 'na', 'ta', 'wa', 'be', 'do'],
  last: words(`ton ville burg field ford ham land ley man mont more ridge shire stead ster ton view wick wood worth dale brook
    hurst den ler by well croft son mer lin kee gan sha see nee ga bash koke`),
}
