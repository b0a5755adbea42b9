//! Words that people choose and that are guessed first. Written for this service from common knowledge, not taken from a list of leaked
//! passwords: English and Japanese words, names, teams, months and days as they are typed in Latin letters.

/// In lower case, separated by white space.
pub const WORDS: &str = "
password passwort passw0rd pass word pwd admin administrator root user guest login logon signin welcome master super secret secure
private access enter letmein changeme default test testing temp sample demo example system server computer internet network windows
android iphone google yahoo amazon facebook twitter instagram youtube line tiktok apple samsung sony nintendo pokemon mario zelda
microsoft docomo softbank rakuten mobile phone mail email gmail hotmail outlook icloud home office family mother father sister brother
baby love lovely loveyou iloveyou loveme forever always angel princess prince queen king happy smile lucky sunny summer winter spring
autumn sunshine flower rose lily star moon sun sky blue red green black white yellow pink purple orange silver golden gold rainbow
dragon tiger lion eagle monkey donkey horse rabbit puppy kitty doggy cat dog bird fish snake bear wolf panda dolphin shadow ninja
samurai batman superman spider hunter killer ranger soldier captain pirate wizard magic dream hope peace freedom power energy money
dollar cash rich bank football baseball basketball soccer tennis golf hockey volleyball swimming running yankees dodgers giants tigers
carp hawks marines lions fighters eagles buffaloes swallows dragons antlers reds grampus consadole music guitar piano drums rock metal
jazz dance movie coffee tea sugar honey candy cookie chocolate cheese butter pizza pasta sushi ramen banana apple orange lemon peach
cherry strawberry tomato potato pepper ginger hello goodbye thanks please sorry yes nope okay qwerty qwertz azerty asdf zxcv qaz wsx
trustno starwars matrix hacker linux ubuntu oracle mysql java python ruby
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
michael jennifer jordan thomas charlie robert daniel andrew joshua jessica ashley amanda matthew anthony michelle nicole george harry
james john william david richard maria anna emma sophia oliver jack
japan nippon nihon tokyo osaka kyoto nagoya sapporo sendai yokohama kobe hiroshima fukuoka okinawa hokkaido chiba saitama kanagawa
aomori iwate miyagi akita yamagata fukushima ibaraki tochigi gunma niigata toyama ishikawa fukui yamanashi nagano gifu shizuoka aichi mie
shiga hyogo nara wakayama tottori shimane okayama yamaguchi tokushima kagawa ehime kochi saga nagasaki kumamoto oita miyazaki kagoshima
sakura himawari hana yuki kaze sora umi yama kawa mori tsuki hoshi taiyo hikari ai kokoro yume kibou heiwa shiawase egao genki nakama
tomodachi kazoku okaasan otousan oniisan oneesan akachan inu neko usagi kuma tora tori sakana panda ringo mikan ichigo momo budou suika
ohayo konnichiwa konbanwa arigato arigatou sayonara daisuki suki aishiteru kawaii kakkoii sugoi ganbare ganbaru saikou banzai onegai
himitsu angou watashi boku ore anata kimi namae denwa keitai kaisha shigoto shukatsu tenshoku kyuuyo gakkou daigaku koukou sensei
yakyuu sakkaa tenisu gorufu manga anime otaku geemu doraemon pikachu totoro ghibli naruto onepiece luffy conan gundam evangelion
sato satou suzuki takahashi tanaka watanabe ito itou yamamoto nakamura kobayashi kato katou yoshida yamada sasaki yamaguchi matsumoto
inoue kimura hayashi saito saitou shimizu yamazaki mori ikeda hashimoto abe ishikawa yamashita nakajima ishii ogawa maeda okada
hasegawa fujita goto gotou kondo kondou murakami endo endou aoki sakamoto nishimura ota oota fujii fukuda nakagawa nakano harada ono
tamura takeuchi kaneko wada nakayama ishida ueda morita kudo kudou hara shibata sakai miyazaki yokoyama miyamoto uchida takagi ando andou
taniguchi ohno maruyama imai takada fujimoto takeda murata ueno sugiyama masuda sugawara hirano kojima otsuka chiba kubo matsui iwasaki
hanako taro tarou jiro jirou ichiro ichirou saburo kenji kenta takashi hiroshi makoto satoshi manabu akira shota shouta daiki tsubasa
takuya kazuki naoki yuuki yuki haruto yuto yuuto sota souta ren minato riku hinata itsuki aoi yui rin mei sakura hina himari akari
miyu misaki ayaka haruka nanami yuka yumi keiko kazuko yoko youko michiko sachiko hiroko kyoko kyouko noriko junko tomoko naoko akiko
";
