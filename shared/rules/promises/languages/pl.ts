import type { PromiseWords } from '../language.ts';

/** The perfective verb in its present form is the future: "wyślę" is "I will send". */
const PROMISED =
  'wyślę|wyślemy|przyślę|przyślemy|prześlę|prześlemy|podeślę|podeślemy|odeślę|odeślemy|doślę|doślemy|roześlę|' +
  'dostarczę|dostarczymy|przekażę|przekażemy|oddam|oddamy|podam|podamy|dam znać|damy znać|dam Ci znać|dam Pan* znać|damy Pa* znać|' +
  'odezwę|odezwiemy|zadzwonię|zadzwonimy|oddzwonię|oddzwonimy|napiszę|napiszemy|odpiszę|odpiszemy|odpowiem|odpowiemy|' +
  'przygotuję|przygotujemy|poprawię|poprawimy|naprawię|naprawimy|sprawdzę|sprawdzimy|zweryfikuję|zweryfikujemy|' +
  'dopilnuję|dopilnujemy|zajmę się|zajmiemy się|zrobię|zrobimy|wykonam|wykonamy|skończę|skończymy|dokończę|dokończymy|' +
  'zapłacę|zapłacimy|opłacę|opłacimy|przeleję|przelejemy|ureguluję|uregulujemy|uzupełnię|uzupełnimy|zaktualizuję|zaktualizujemy|' +
  'opublikuję|opublikujemy|udostępnię|udostępnimy|wprowadzę|wprowadzimy|wdrożę|wdrożymy|uruchomię|uruchomimy|' +
  'potwierdzę|potwierdzimy|ustalę|ustalimy|umówię|umówimy|zorganizuję|zorganizujemy|zarezerwuję|zarezerwujemy|' +
  'zamówię|zamówimy|kupię|kupimy|podpiszę|podpiszemy|przejrzę|przejrzymy|przeczytam|przeczytamy|przeanalizuję|przeanalizujemy|' +
  'poinformuję|poinformujemy|powiadomię|powiadomimy|wrócę z|wrócę do|wrócimy z|wrócimy do|skontaktuję|skontaktujemy|' +
  'dowiem się|zapytam|zapytamy|dopytam|dopytamy|załatwię|załatwimy|wystawię|wystawimy|zaproponuję|zaproponujemy|' +
  'przedstawię|przedstawimy|pokażę|pokażemy|przywiozę|przywieziemy|zawiozę|zaniosę|odbiorę|odbierzemy|zbiorę|zbierzemy|' +
  'spiszę|spiszemy|rozpiszę|opiszę|opiszemy|zestawię|zestawimy|policzę|policzymy|wyliczę|wyliczymy|wycenię|wycenimy|' +
  'przetłumaczę|przetłumaczymy|zaprojektuję|zaprojektujemy|narysuję|naniosę|naniesiemy|zmienię|zmienimy|dodam|dodamy|usunę|usuniemy|' +
  'wgram|wgramy|wrzucę|wrzucimy|zwrócę|zwrócimy|oddeleguję|przedłużę|przedłużymy|zainstaluję|zainstalujemy|skonfiguruję|skonfigurujemy|' +
  'założę|założymy|otworzę|otworzymy|nadam|nadamy|wydrukuję|wydrukujemy|zeskanuję|zatwierdzę|zatwierdzimy|zaakceptuję|dołączę|dołączymy|' +
  'omówię|omówimy|wyjaśnię|wyjaśnimy|rozpatrzę|rozpatrzymy|zakończę|zakończymy|ukończę|ukończymy|złożę|złożymy|wpłacę|wpłacimy|rozliczę|rozliczymy|' +
  'pomogę|pomożemy|podzwonię|podjadę|zgłoszę|zgłosimy|przesunę|przesuniemy|zadbam|zadbamy|przypomnę|przedzwonię|puszczę|opracuję|opracujemy|przyniosę|przyniesiemy|przeniosę|przeniesiemy|przyjrzę się|przyjrzymy się|zrealizuję|zrealizujemy|wyprowadzę|wyślę Panu|' +
  'zbadam|zbadamy|porozmawiam|porozmawiamy|uzgodnię|uzgodnimy|dopytam się|ogarnę|ogarniemy|wypełnię|wypełnimy|wyznaczę|wyznaczymy|zaprezentuję|zaprezentujemy|zwrócę się|sporządzę|sporządzimy|zlecę|zlecimy|skoryguję|skorygujemy|wydam|wydamy|spakuję|nagram|nagramy|obejrzę|obejrzymy|rozważę|rozważymy|rozwiążę|rozwiążemy|odwołam|odwołamy|anuluję|anulujemy|wymienię|wymienimy|cofnę|cofniemy|podrzucę|podrzucimy|uwzględnię|uwzględnimy|zbuduję|zbudujemy|stworzę|stworzymy|' +
  'odświeżę|odświeżymy|nauczę|przeszkolę|przeszkolimy|zaproszę|zaprosimy|zapiszę|zapiszemy|obniżę|obniżymy|zwolnię|pokryję|pokryjemy|zrekompensuję|zrekompensujemy|zrefunduję|zrefundujemy|' +
  'wysyłę|nadeślę|nadeślemy|zamontuję|zamontujemy|wyczyszczę|posprzątam|spróbuję|sfinalizuję|sfinalizujemy|podsumuję|podsumujemy|wytłumaczę|objaśnię|dowiozę|dowieziemy|ustawię|ustawimy|przerobię|przerobimy|' +
  'wstawię|wstawimy|wykupię|podłączę|podłączymy|przywrócę|przywrócimy|odblokuję|odblokujemy|włączę|włączymy|wyłączę|wyłączymy|skieruję|skierujemy|wskażę|wskażemy|rozdzielę|zmierzę|zmierzymy|wyceniam';

export const polish: PromiseWords = {
  letters: /\p{Script=Latin}/u,
  isSpaced: true,
  will: 'będę|będziemy|obiecuję|obiecujemy|zobowiązuję się|zobowiązujemy się|postaram się|postaramy się|zamierzam|zamierzamy|planuję|planujemy|spróbuję|spróbujemy',
  between: 'też|również|także|oczywiście|jeszcze|wtedy|już|to|Panu|Pani|Państwu|Ci|Wam|je|go|się',
  idle:
    'w|na|po|poza|u|do|dostępn*|nieobecn*|wdzięczn*|musiał*|mógł*|mogł*|mieć|miał*|czekać|czekał*|czekali|chciał*|szczęśliw*|rad|rada|zobowiązan*|' +
    'pamiętać|pamiętał*|tęsknić|pewn*|wolny|wolna|zajęt*|potrzebował*|potrzebować|wiedział*|wiedzieć|zadowolon*|gotow*|' +
    'bardzo|szczerz*|świętować|obchodzić|jechać|jechał*|lecieć|leciał*|uczestniczyć|wyjechać|odpoczywać|nic|tam|tu|tutaj|' +
    'wyrozumiał*|kontynuować naukę|ze|z',
  act: PROMISED,
  shape: String.raw`(?:prze|przy|wy|za|do|od|po|na|roz|u|z|s|pod|ob|w|o)\p{L}{2,}(?:ę|emy|imy|ymy|am|amy)`,
  notShape:
    'uważam|uważamy|zgadzam|zgadzamy|przepraszam|przepraszamy|zapraszam|zapraszamy|polecam|polecamy|posiadam|posiadamy|zaczekam|poczekam|nazywam|używam|używamy|odpoczywam|przebywam|przebywamy|pracujemy|spodziewam|spodziewamy|potrafimy|wczoraj|pozdrawiam|pozdrawiamy|ubolewam|naciskamy|szukamy|oczekuję|oczekujemy|zapewniam|zapewniamy|przyznam|oglądam|podziwiam|zostajemy|wyjeżdżam|wyjeżdżamy|przyjeżdżam|otrzymam|poznam|rozmawiam|rozmawiamy|odbywamy|*uję|*ujemy|proszę|poproszę|potrzebuję|zostajemy|znajdę|wiemy|umiemy|zdajemy|wierzymy|zależymy|wrócę|wrócimy|polecę|pojadę|pojedziemy|wyjadę|wyjedziemy|zostanę|zostaniemy|widzimy|wychodzimy|zobaczymy|dostaniemy|dostanę|otrzymamy|usłyszymy|wytrzymamy|poczekam|poczekamy|zamkniemy|zamknę',
  plan:
    'zdążę|zdążymy|uda mi się|będzie gotow*|będą gotow*|będzie u Pa*|będą u Pa*|będzie u Ciebie|będzie u Was|będą u Was|' +
    'będzie na Pa*|będzie do odbioru|będzie dostępn*|będą dostępn*|trafi do|trafią do|dotrze do|dotrą do|wysyłam|wysyłamy|przesyłam|przesyłamy|' +
    'dzwonię|oddaję|oddajemy|dostarczamy|dostarczam|startujemy|zaczynam|zaczynamy|zacznę|zaczniemy|rozpocznę|rozpoczniemy|zostanie wysłan*|zostaną wysłane|zostanie dostarczon*|' +
    'będę miał*|będziemy mieli|będę w kontakcie|będziemy w kontakcie|spotkam|publikujemy|ruszamy z|mam dla Pa*|mam dla Ciebie',
  planSteps: [
    [
      'mogę|możemy|jestem w stanie|jesteśmy w stanie',
      'wysłać|dostarczyć|przesłać|zrobić|przygotować|zadzwonić|zacząć|oddać|podesłać|wdrożyć|skończyć|poprawić',
    ],
  ],
  gets:
    'dostanie Pan*|dostaną Państwo|otrzyma Pan*|otrzymają Państwo|dostaniesz|dostaniecie|otrzymasz|otrzymacie|będzie Pan* miał*|' +
    'będą Państwo mieli|będziesz miał*|będziecie mieli|Pan* dostanie|Pan* otrzyma|Państwo otrzymają|Państwo dostaną',
  owes:
    'prześlą|przesyłają|wyślą|dostarczą|przekażą|zapłacą|podpiszą|odeślą|potwierdzą|przygotują|uzupełnią|prześle Pan*|wyśle Pan*|Pan* prześle|Pan* wyśle|' +
    'Pan* dostarczy|dostarczy Pan*|Pan* przekaże|przekaże Pan*|Pan* potwierdzi|Pan* odeśle|odeśle Pan*|prześlesz|wyślesz|dostarczysz|przekażesz|prześlecie|wyślecie|dostarczycie|przekażecie|zapłacicie|podpiszecie|potwierdzisz|potwierdzicie|odeślecie|odeślesz|przygotujecie|przygotujesz',
  agreed:
    'zgodnie z ustaleniami|zgodnie z umową|jak ustaliliśmy|ustaliliśmy, że|tak jak ustaliliśmy|jak się umówiliśmy|umówiliśmy się, że|jak uzgodniliśmy|zgodnie z rozmową|jak rozmawialiśmy',
  asks: 'czy|kiedy dostan*|kiedy otrzym*|mógłby|mogłaby|mogliby|mógłbyś|mogłabyś|możesz|możecie|może Pan|może Pani|mogą Państwo',
  tags: 'dobrze|ok|okej|zgoda|może być|pasuje|w porządku|czy pasuje|czy to pasuje|czy tak może być|prawda|odpowiada Panu|odpowiada Pani|może tak być|czy może tak być',
  ifs:
    'jeśli|jeżeli|gdyby|gdybym|gdybyśmy|o ile|pod warunkiem|jak tylko dostan*|jak tylko otrzym*|gdy tylko dostan*|gdy tylko otrzym*|po otrzymaniu|po akceptacji|po zaakceptowaniu|' +
    'w razie|chyba że|w przypadku|kiedy tylko Pan*|gdy Państwo|gdy Pan*|jak dostanę|jak otrzymam|jak Pan*|po wpłacie|po podpisaniu',
  ifAfter: 'sprawdzę|sprawdzimy|zapytam|zapytamy|dowiem się',
  hedges:
    'może|być może|chyba|prawdopodobnie|mam nadzieję|mamy nadzieję|oby|pewnie|możliwe|nie wiem|nie jestem pewn*|chciałbym|chciałabym|chcielibyśmy|' +
    'powinienem|powinnam|powinniśmy|obawiam się|wątpię|mógłbym|mogłabym|moglibyśmy|zastanawiam się|liczę na to|przypuszczam|wydaje mi się|zanim|dlaczego|jak|czy|bez tego|raczej|trudno powiedzieć',
  reported:
    'powiedział*|mówił*|obiecał*|obiecywał*|napisał*|pisał*|twierdził*|twierdzi|mówi|zapewniał*|zapewnia|myślałem|myślałam|sądził*|sądziłem|' +
    'wspomniał*|pytał*|zapowiedział*|miał nadzieję|słyszałem|słyszałam|on|ona|oni|według|zdaniem|chce Pan*|chcesz|prosi, żebym|deklarował*',
  asSaid:
    'jak mówiłem|jak mówiłam|jak obiecałem|jak obiecałam|jak wspomniałem|jak wspomniałam|jak pisałem|jak pisałam|tak jak obiecałem|tak jak obiecałam|zgodnie z obietnicą|o który Pan* prosił*|o którą Pan* prosił*|o które Pan* prosił*|jak Pan* prosił*|o czym Pan* wspomniał*|o co Pan* pytał*|o które Pan* pytał*|o którą Pan* pytał*|o której Pan* pisał*|o którym Pan* pisał*|o czym pisał*',
  not: 'nie|nigdy|nie od razu',
  past: 'w załączeniu|w załączniku|zwykle|zazwyczaj|co tydzień|co miesiąc|codziennie|zawsze|regularnie|z reguły|w każdy',
  pastDays:
    'wczoraj|przedwczoraj|w zeszłym tygodniu|w zeszłym miesiącu|w ubiegłym tygodniu|tydzień temu|dni temu|tygodnie temu|miesiąc temu|godzin temu',
  automated:
    'wygenerowan* automatycznie|wiadomość automatyczna|automatyczna odpowiedź|automatyczne powiadomienie|prosimy nie odpowiadać|prosimy na nią nie odpowiadać|nie odpowiadaj na tę wiadomość|numer zamówienia|Twoje zamówienie|Państwa zamówienie|numer zgłoszenia|nr zgłoszenia|newsletter*|wypisz się|Twoja paczka|Państwa zgłoszenie zostało|Twoje zgłoszenie zostało|dziękujemy za kontakt|Twoja przesyłka|przesyłka nr|zgłoszenie nr',
  that: 'że|żeby|by|aby',
  and: 'i|a|oraz|ale|więc|potem',
  fillers:
    'i|a|ale|więc|tak|dobrze|dzień dobry|cześć|dziękuję|ok|to|jeszcze|również|też|dziękujemy|jasne|oczywiście|dobra uwaga|zgodnie z ustaleniami|potem|postaram się|obiecuję|że',
  days: {
    days: {
      0: 'dziś|dzisiaj|jeszcze dziś|jeszcze dzisiaj|dziś wieczorem|dzisiaj wieczorem|wieczorem|po południu|do końca dnia|końca dnia|końca dzisiejszego dnia|dzisiejszego dnia|w ciągu godziny|za godzinę',
      1: 'jutro|jutra|jutrzejszego|jutro rano|jutrzejszym|od jutra',
      2: 'pojutrze|pojutrza',
    },
    weekdays: {
      0: 'niedziel*',
      1: 'poniedzia*',
      2: 'wtorek|wtorku|wtorkiem|wtorkow*',
      3: 'środę|środy|środa|środzie|środą',
      4: 'czwart*',
      5: 'piątek|piątku|piątkiem|piątkow*',
      6: 'sobot*',
    },
    nextBefore:
      'przyszły|przyszłą|przyszłego|przyszłej|następny|następną|następnego|następnej|kolejny|kolejną',
    nextAfter: 'w przyszłym tygodniu|za tydzień|przyszłego tygodnia|w następnym tygodniu',
    thisBefore:
      'najbliższy|najbliższą|najbliższego|najbliższej|ten|tę|tego|tej|nadchodzący|nadchodzącą',
    thisAfter: 'w tym tygodniu|tego tygodnia',
    months: {
      1: 'stycznia|styczeń',
      2: 'lutego|luty',
      3: 'marca|marzec',
      4: 'kwietnia|kwiecień',
      5: 'maja|maj',
      6: 'czerwca|czerwiec',
      7: 'lipca|lipiec',
      8: 'sierpnia|sierpień',
      9: 'września|wrzesień',
      10: 'października|październik',
      11: 'listopada|listopad',
      12: 'grudnia|grudzień',
    },
    numbers: {
      1: 'jednego|jeden|jedną',
      2: 'dwóch|dwa|dwie|kilku|paru|kilka|parę',
      3: 'trzech|trzy',
      4: 'czterech|cztery',
      5: 'pięciu|pięć',
      6: 'sześciu|sześć',
      7: 'siedmiu|siedem',
      10: 'dziesięciu|dziesięć',
      14: 'czternastu|czternaście',
    },
    units: {
      workday: 'dni robocze|dni roboczych|dnia roboczego|dzień roboczy',
      hour: 'godzin|godziny|godz|h',
      day: 'dni|dnia|dzień|doby',
      week: 'tygodni|tygodnie|tygodnia|tydzień',
      month: 'miesięcy|miesiące|miesiąca|miesiąc',
    },
    amounts: { '1 week': 'tydzień|tygodnia', '1 month': 'miesiąc|miesiąca', '1 day': 'doby|dnia' },
    amountBefore: 'za|w ciągu|w przeciągu|w terminie|najdalej za|do',
    periods: {
      'this-week':
        'w tym tygodniu|jeszcze w tym tygodniu|końca tygodnia|koniec tygodnia|końca tego tygodnia|pod koniec tygodnia|w tygodniu|tego tygodnia',
      'start-of-next-week':
        'na początku przyszłego tygodnia|początku przyszłego tygodnia|początek przyszłego tygodnia|z początkiem przyszłego tygodnia|na początku tygodnia',
      'middle-of-next-week':
        'połowy przyszłego tygodnia|w połowie przyszłego tygodnia|połowie przyszłego tygodnia',
      'next-week':
        'w przyszłym tygodniu|w następnym tygodniu|końca przyszłego tygodnia|przyszłego tygodnia|pod koniec przyszłego tygodnia|w kolejnym tygodniu|przyszły tydzień',
      'week-after-next': 'za dwa tygodnie w',
      'after-weekend': 'po weekendzie|zaraz po weekendzie',
      weekend: 'w weekend|w ten weekend|weekendu|w czasie weekendu|przez weekend',
      'middle-of-month': 'połowy miesiąca|w połowie miesiąca',
      'this-month':
        'końca miesiąca|koniec miesiąca|w tym miesiącu|końca tego miesiąca|z końcem miesiąca|pod koniec miesiąca|tego miesiąca|końca bieżącego miesiąca',
      'start-of-next-month': 'na początku przyszłego miesiąca|początku przyszłego miesiąca',
      'next-month':
        'w przyszłym miesiącu|końca przyszłego miesiąca|przyszłego miesiąca|w następnym miesiącu',
      quarter: 'końca kwartału',
      year: 'końca roku|w tym roku|przed końcem roku|z końcem roku',
    },
    endBefore: 'końca|koniec|pod koniec|z końcem',
    dateAfter: String.raw`-?(?:go|tego|ego|stego)|\.`,
    figures: './',
    onBefore: 'w|we|na|dnia|rano|jeszcze|już|zaraz|nawet|w dniu|koło|około',
    byBefore:
      'do|najpóźniej|najdalej|nie później niż|najpóźniej do|do dnia|najpóźniej w|maksymalnie do',
    byAfter: 'najpóźniej|włącznie|maksymalnie',
    before: 'przed|jeszcze przed',
    lastBefore:
      'zeszły|zeszłą|zeszłego|zeszłej|ubiegły|ubiegłą|ubiegłego|ubiegłej|miniony|minioną|ostatni|ostatnią',
    lastAfter: 'temu',
    notDateBefore: 'o|godz|godzinie|wersja|strona|od|str|pkt|punkt',
  },
};
