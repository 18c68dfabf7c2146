import type { PromiseWords } from '../language.ts';

/** In Finnish the present tense is the future: "lähetän" is "I send" and "I will send". */
const PROMISED =
  'lähetän|lähetämme|toimitan|toimitamme|palaan|palaamme|soitan|soitamme|soittelen|soittelemme|ilmoitan|ilmoitamme|' +
  'ilmoittelen|ilmoittelemme|kerron|kerromme|vastaan|vastaamme|laitan|laitamme|laittelen|pistän|pistämme|hoidan|hoidamme|' +
  'korjaan|korjaamme|tarkistan|tarkistamme|tarkastan|tarkastamme|selvitän|selvitämme|selvittelen|valmistelen|valmistelemme|' +
  'valmistan|teen|teemme|kirjoitan|kirjoitamme|viimeistelen|viimeistelemme|päivitän|päivitämme|maksan|maksamme|' +
  'tilitän|siirrän|siirrämme|palautan|palautamme|allekirjoitan|allekirjoitamme|julkaisen|julkaisemme|lisään|lisäämme|' +
  'muutan|muutamme|muokkaan|muokkaamme|jaan|jaamme|tuon|tuomme|vien|viemme|tulostan|tulostamme|tilaan|tilaamme|varaan|' +
  'varaamme|järjestän|järjestämme|kysyn|kysymme|kyselen|varmistan|varmistamme|vahvistan|vahvistamme|' +
  'kokoan|kokoamme|kerään|keräämme|luonnostelen|luonnostelemme|suunnittelen|suunnittelemme|esitän|esitämme|' +
  'hyväksyn|hyväksymme|käsittelen|käsittelemme|käyn _ läpi|käymme _ läpi|tutustun|tutustumme|perehdyn|' +
  'huolehdin|huolehdimme|vastaan siitä|pidän huolen|pidämme huolen|otan yhteyttä|otamme yhteyttä|otan _ mukaan|otamme _ mukaan|tuon _ mukanani|otan asiaksi|' +
  'välitän|välitämme|ohjaan|ohjaamme|annan|annamme|saatan|autan|autamme|asennan|asennamme|avaan|avaamme|luon|luomme|' +
  'lataan|lataamme|postitan|postitamme|faksaan|täydennän|täydennämme|' +
  'haen|haemme|käännän|käännämme|poistan|poistamme|vaihdan|vaihdamme|lasken|laskemme|' +
  'laskutan|laskutamme|hyvitän|hyvitämme|testaan|testaamme|tallennan|' +
  'esittelen|esittelemme|kutsun|kutsumme|merkitsen|kirjaan|kirjaamme|ehdotan aikaa|ehdotamme aikoja|linkitän|skannaan|katson|katsomme|ratkaisen|ratkaisemme|toteutan|toteutamme|rakennan|rakennamme|oikaisen|oikaisemme|tarjoan|tarjoamme|' +
  'sovitan|sovitamme|tiedotan|tiedotamme|toimin|neuvottelen|neuvottelemme|tiedustelen|tiedustelemme|lyhennän|lyhennämme|jatkan|jatkamme|uusin|uusimme|siivoan|siivoamme|' +
  'pakkaan|pakkaamme|perun|perumme|saatan loppuun|merkkaan|kuittaan|kuittaamme|kirjaudun|tarkennan|tarkennamme|palautan|muistutan|muistutamme|selostan|mittaan|mittaamme|asetan|asetamme|tuotan|tuotamme|julkistamme|kuvaan|kuvaamme|leikkaan|maalaan|maalaamme|korvaan|korvaamme|otan _ huomioon|otamme _ huomioon|perehdymme|hyödynnän|keskustelen|keskustelemme|puhun|puhumme|' +
  'hahmottelen|mietin _ ja|teetän|teetämme|kilpailutan|kilpailutamme|tarjoudun|nimeän|nimeämme|liitän|liitämme|siirtelen|järjestelen|' +
  'tuen|alennan|alennamme|pidennän|pidennämme|jätän|jätämme|luovutan|luovutamme|kuljetan|kuljetamme|noudan|noudamme|haastattelen|koulutan|koulutamme|opastan|opastamme|neuvon|neuvomme|' +
  'palkkaan|aikataulutan|aikataulutamme|skannaamme|' +
  'irtisanon|irtisanomme|peruutan|peruutamme|keskeytän|ilmoittaudun|otan selvää|otamme selvää|teen parhaani|saatan teille|vien eteenpäin|viemme eteenpäin|pidän ajan tasalla|pidän sinut ajan tasalla|pidämme teidät ajan tasalla';

/** The same form is the past tense: only a day to come tells. */
const NOW_OR_THEN =
  'etsin|etsimme|sovin|sovimme|kommentoin|kommentoimme|raportoin|raportoimme|arvioin|arvioimme|analysoin|analysoimme|konfiguroin|konfiguroimme|dokumentoin|dokumentoimme|migroimme|pilotoimme|validoin|tutkin|tutkimme|hankin|hankimme|laadin|laadimme|pohdin|pohdimme|ideoin|arkistoin|priorisoin|aktivoin|aktivoimme|rekisteröin|rekisteröimme|huomioin|huomioimme|viestin|viestimme|kopioin|kopioimme';

export const finnish: PromiseWords = {
  letters: /\p{Script=Latin}/u,
  isSpaced: true,
  will: 'lupaan|lupaamme|aion|aiomme|tulen|tulemme|sitoudun|sitoudumme|tarkoitukseni on|yritän|yritämme|pyrin|pyrimme|koetan|koitan',
  idle:
    'olemaan|siis|kyllä olemaan|mielelläni|tilaisuu*|paikalle|paikan|mukaan|juhl*|kokoukse*|bussi*|juna*|autolla|toimeen|kotiin|takaisin|ymmärtämään|muistamaan|' +
    'kaipaamaan|tarvitsemaan|saamaan|osallistumaan|lomail*|teille|sinne|myöhässä|myöhemmin',
  act: PROMISED,
  // "We …" at the beginning, with a deadline; a noun of ours ("tarjouksemme on") has its verb behind it.
  shape: String.raw`(?<=^\s*|[,;]\s*|ja\s+)\p{L}{3,}mme(?!\s+(?:on|ovat|oli|olivat|ei|eivät|\p{L}+(?:vat|vät|aa|ää|uu|yy|ee|oo)(?!\p{L})))`,
  notShape:
    'olemme|emme|toivomme|odotamme|tarvitsemme|saamme|voimme|haluamme|saisimme|pyydämme|kiitämme|uskomme|luulemme|tiedämme|näemme|tapaamme|menemme|tulemme|lähdemme|matkustamme|lomailemme|asumme|olisimme|voisimme|*isimme|kokouksemme|toimistomme|tiimimme|yrityksemme|asiakkaamme|asiakkaidemme|tarjouksemme|sopimuksemme|laskumme',
  plan:
    `${NOW_OR_THEN}|` +
    'on valmis|on valmiina|ovat valmiina|ovat valmiit|valmistuu|valmistuvat|on teillä|on sinulla|ovat teillä|' +
    'ovat sinulla|on perillä|ovat perillä|lähtee|lähtevät|' +
    'on luettavissa|on nähtävillä|on postissa|on sähköpostissasi|on tilillänne|aloitan|aloitamme|käynnistän|käynnistämme|' +
    'tapaan|esitän|olen yhteydessä|olemme yhteydessä|julkaistaan|toimitetaan|lähetetään|maksetaan',
  planSteps: [
    ['pyydän|pyydämme', '*maan|*mään'],
    [
      'voin|voimme',
      'lähettää|toimittaa|soittaa|tehdä|palata|antaa|hoitaa|aloittaa|laittaa|tuoda|maksaa|tarkistaa|esitellä|korjata|asentaa|noutaa|julkaista|viimeistellä|valmistella|käydä',
    ],
    [
      'pystyn|pystymme|kykenen|kykenemme',
      'toimittamaan|lähettämään|tekemään|aloittamaan|hoitamaan',
    ],
    ['saan|saamme', 'valmiiksi|tehtyä|lähetettyä|hoidettua|kuntoon|maaliin'],
    ['tulee|tulevat', 'valmiiksi|teille|sinulle'],
  ],
  gets: 'saat|saatte|kuulet|kuulette|luvassa on|tulossa on|saapuu teille|saapuu sinulle',
  owes:
    'toimitat|toimitatte|lähetät|lähetätte|palaat|palaatte|ilmoitat|ilmoitatte|maksat|maksatte|annat|annatte|hoidat|hoidatte|' +
    'teet|teette|kommentoit|kommentoitte|tarkistat|tarkistatte|hyväksyt|hyväksytte|vahvistat|vahvistatte|allekirjoitat|allekirjoitatte|soitat|soitatte|palautat|palautatte',
  agreed:
    'kuten sovittiin|kuten sovimme|sovitusti|sopimuksen mukaan|sovimme, että|sovittiin, että|niin kuin sovittiin|kuten puhuttiin|kuten puhuimme|sovitun mukaisesti',
  asks: 'milloin|koska saan|voisitko|voisitteko|voitko|voitteko|haluatko|haluatteko|saisinko|sopisiko|*nko|*mmeko|*tko|*tteko|olisiko|onko|ehditkö|ehdittekö|pystyttekö|pystytkö',
  tags: 'sopiiko|eikö niin|käykö|ok|okei|onko ok|sopiiko se|passaako|käykö se|sopiiko teille|sopiiko sinulle|eikö vain',
  ifs: 'jos|mikäli|elleivät|ellei|ellen|ellemme|ellette|kunhan|sikäli kuin|edellyttäen|siinä tapauksessa|kun olette|kun olet|kun saan teiltä|kun saamme teiltä|heti kun saan|heti kun saamme|paitsi|olettaen',
  ifAfter:
    'tarkistan|selvitän|kysyn|katson|varmistan|tarkistamme|selvitämme|kysymme|kerron|ilmoitan',
  hedges:
    'ehkä|kenties|toivottavasti|toivon|toivomme|luultavasti|todennäköisesti|mahdollisesti|saatan|saatamme|saattaa|voi olla|' +
    'haluaisin|haluaisimme|olisi|voisin|voisimme|pitäisi|luulen|uskon|epäilen|en|emme|ei|et|ette|eivät|en usko|en tiedä|ehtisin|miksi|miten|kuinka|arvioni mukaan',
  reported:
    'sanoi|sanoit|sanoivat|sanoitte|lupasi|lupasit|lupasitte|lupasivat|kertoi|kertoit|kertoivat|kirjoitti|kirjoitit|kirjoititte|' +
    'väitti|väittää|sanoo|kertoo|lupaa|ilmoitti|ilmoitit|luulin|ajattelin|mainitsi|kysyi|kysyit|hän|he|sanoin|kuulin|toivoi|pyysi|pyysit',
  asSaid:
    'kuten sanoin|kuten lupasin|kuten mainitsin|niin kuin lupasin|kuten pyysit|kuten pyysitte|kuten toivoit|kuten toivoitte|pyysit sitä|pyysitte sitä|pyysitte _,|pyysit _,|jota kysyit|kysyit _,|mainitsit _,',
  not: 'en|emme|ei|älä|älkää',
  past: 'äsken|ohessa|oheisena|liitteenä|yleensä|joka viikko|joka kuukausi|joka päivä|aina|usein|säännöllisesti|viikoittain|kuukausittain|tämän viestin liitteenä|tässä viestissä',
  pastDays: 'eilen|viime viikolla|viime kuussa|viime vuonna|sitten|toissapäivänä',
  automated:
    'automaattinen viesti|automaattinen vastaus|automaattisesti|älä vastaa tähän|ei voi vastata|tilausnumero*|tilauksesi|lähetyksesi|tikettinumero*|asianumero*|peruuta tilaus|uutiskirje*|kiitos yhteydenotostasi|pakettisi|poissaoloviesti',
  that: 'että|jotta',
  and: 'ja|mutta|sekä|sitten|niin',
  fillers:
    'ja|mutta|niin|eli|joo|kyllä|hei|moi|kiitos|kuten sovittiin|sitten|joten|myös|vielä|hyvä',
  days: {
    days: {
      0: 'tänään|tänä iltana|tänä aamuna|tänä iltapäivänä|illalla|iltapäivällä|iltapäivän aikana|päivän aikana|tämän päivän aikana|iltaan|päivän päätteeksi|vielä tänään|illaksi|täksi illaksi|puoleenpäivään',
      1: 'huomenna|huomenaamu*|huomisaamu*|huomisilta*|huomenilta*|huomiseen|huomiseksi|huomenaamuna|huomisaamuna|huomisaamuksi|huomisiltana|huomenillalla|huomisen aikana|huomisaamuun|huomisiltaan|huomisiltapäivänä',
      2: 'ylihuomenna|ylihuomiseen|ylihuomiseksi',
    },
    weekdays: {
      0: 'sunnuntai*|su',
      1: 'maanantai*|ma',
      2: 'tiistai*|ti',
      3: 'keskiviik*|ke',
      4: 'torstai*|to',
      5: 'perjantai*|pe',
      6: 'lauantai*|la',
    },
    nextBefore: 'ensi|seuraavan viikon|ensi viikon|seuraavana',
    nextAfter: 'ensi viikolla',
    thisBefore: 'tämän viikon|tänä|tulevana|ensi tilassa|viimeistään nyt',
    thisAfter: 'tällä viikolla',
    months: {
      1: 'tammikuu*|tammi',
      2: 'helmikuu*|helmi',
      3: 'maaliskuu*',
      4: 'huhtikuu*',
      5: 'toukokuu*',
      6: 'kesäkuu*',
      7: 'heinäkuu*',
      8: 'elokuu*',
      9: 'syyskuu*',
      10: 'lokakuu*',
      11: 'marraskuu*',
      12: 'joulukuu*',
    },
    numbers: {
      1: 'yhden',
      2: 'kahden|parin',
      3: 'kolmen',
      4: 'neljän',
      5: 'viiden',
      6: 'kuuden',
      7: 'seitsemän',
      8: 'kahdeksan',
      10: 'kymmenen',
      14: 'neljäntoista',
    },
    units: {
      hour: 'tunnin|h',
      workday: 'arkipäivän|työpäivän|pankkipäivän',
      day: 'päivän|vuorokauden|pv',
      week: 'viikon|vk',
      month: 'kuukauden|kk',
    },
    amounts: {
      '1 hour': 'tunnin',
      '1 week': 'viikon',
      '1 month': 'kuukauden',
      '1 day': 'vuorokauden|päivän',
    },
    amountAfter: 'kuluttua|kuluessa|päästä|sisällä|sisään|aikana|mennessä',
    periods: {
      'this-week':
        'tällä viikolla|tämän viikon aikana|tämän viikon loppu*|viikon loppu*|loppuviiko*|tämän viikon puolella|kuluvalla viikolla|kuluvan viikon aikana|loppuviikosta|viikon päätteeksi',
      'start-of-next-week':
        'ensi viikon alku*|ensi viikon alussa|alkuviiko*|heti ensi viikon alussa|ensi viikon alkuun',
      'middle-of-next-week': 'ensi viikon puoliväli*|ensi viikon keskivaihe*',
      'next-week':
        'ensi viikolla|ensi viikon aikana|ensi viikon loppu*|ensi viikkoon|ensi viikoksi|seuraavalla viikolla',
      'week-after-next': 'sitä seuraavalla viikolla',
      'after-weekend': 'viikonlopun jälkeen|heti viikonlopun jälkeen',
      weekend: 'viikonloppuna|viikonlopun aikana|viikonloppuun|viikonlopuksi',
      'middle-of-month': 'kuun puoliväli*|kuun puolivälissä',
      'this-month':
        'kuun loppu*|kuukauden loppu*|tämän kuun aikana|tässä kuussa|tämän kuun loppu*|kuun vaihtee*|tämän kuukauden aikana|kuun lopussa',
      'start-of-next-month': 'ensi kuun alku*|ensi kuun alussa|kuun vaihteen jälkeen',
      'next-month': 'ensi kuussa|ensi kuun aikana|ensi kuun loppu*|ensi kuuhun',
      quarter: 'kvartaalin loppu*|vuosineljänneksen loppu*',
      year: 'vuoden loppu*|tämän vuoden aikana|tänä vuonna|vuodenvaihtee*|vuoden loppuun',
    },
    endAfter: 'loppu*|lopussa',
    dateJoin: 'päivä|päivänä|päivään|pnä|p',
    dateAfter: String.raw`\.|:nnes|:s`,
    figures: '.',
    onBefore: 'heti|jo|vielä|viim',
    byBefore: 'viimeistään|mennessä|ennen kuin',
    byAfter:
      'mennessä|asti|viimeistään|saakka|päivään mennessä|aikana mennessä|aamuun mennessä|iltaan mennessä|klo * mennessä',
    before: 'ennen|ennen kuin',
    lastBefore: 'viime',
    notDateBefore: 'klo|kello|versio|v|sivu|kohta|luku|hinta|alkaen',
  },
};
