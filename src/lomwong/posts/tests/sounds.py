"""A tenth of a second of a tone in every format of sound that we take, and two short films, all made for these tests.

In each: a title, an artist and a remark that say SECRET, and a place. Packed, since most of it is empty.
"""

import base64
import zlib


def unpacked(text: str) -> bytes:
    return zlib.decompress(base64.b85decode("".join(text.split())))


M4A = unpacked("""
c-muNV30{GsVwj{aa3SnU}6B#nZ^0JKy1Xoz`&7Kl$y%Gz<4A#C9&iVgHK{vvYD}-p`M|E5d)J(YP3XanCI!Y+xOoKz4yv%%S4q)o~nJ5zTMwk#V=lQ-
mui~)cHMU@7m^`-E;PX-PCJ)kA9DT8L05#edF~zw>NBz6}@RQbyM+okMGm<mL+BtY?~1=Ep%$c+;z)euTsv<ns!C}Z~5euucv)O^`A{IG5xaX$fZYDO)
E~CNxYinRWQq^V0O#Z$4b^#+=bmw#ZPJOIC@NXB1d;msEd+Dr=XIepsSFQpomLHi<6Qgkmusj;i9Ah7XooTR9ut<V>;RkIwlrbw->mcxMba4dSXX8-
!r8rnX-r6ls*3TJ@Z^D<zB3kWYWiIXVj@9bR#sacuwK!=_(UdIwmSH`+jzuUi{XQ-`?!a&O4d=GK_XlT;_c4%g;T6pG?l>Rc^PtJWKjnv-UdES#luGgz
YAhv4zWiE;zmO+nn}!8S<saW&@?yZ+T+#Ij`OtqSge&sa>v^KZ|GGj>`p~&jQt6Jb#ugJO*fi+MVBiPIqo^+VvP{wb`3qOMV+DXX^D^ML<jJ=YoxdnId
u@Xk&2$0|SdlZhn3lFivxF%Q8|JP=LGx0|T=H10w?nApj$)Ds;XB175%cM7kwKiP=DQOi4D_PG(Hgfc7GZF_LbtN@_|;F_4x?%_%NH=m43^0@cg7G&dz
P5y();O~K}Oc7@O*V2*A^N=^|>rZ~Se4_Rd}ke}j_n3s~13R1%ukeiv824n~n=b{*@k^&KzNhwNAL-GPoX;F>>gv}^YT#}RnWM>tZ6sI7miOMZ7NyP9r
BZC0UsX$<sTAWf04!VYh234RW3y>Cf5Cu!x+yY@%pa`pIN7z#aHXw_U3FP(S5^yj<qXuL;3sO)q$N*iEjASz-LLFGH3N>mO{sZw|AO`v*IUh-
%4iHNfrx&DvI7Rt6IWTkn{|B3tlwQDqkU_GAvA8s)1n750kKEJ}SQscGM@Vi8TpSJ}vr{W!-
eLt}UXY@a%#xf`P|SchIr+&zfqYO@@`L!v`MJ5Nd7zZS2jV6cm1Kg`4OlWYFF8L29KDA!A<0P@>Pl%~3780rm0(xrAlHx(&k!G1AWsYG2_<AD+6Lx&1_
oxv+J*)OdM1`;hWbE3RcIcN#Wc*>-`CgGF9ei+7$8w2gQ>_dD8w@uriK+=4X}7lgBQ<0mjivC2@j~0dSE(doC9K}0{xu9zyJVlt8Tj
""")
MOV = unpacked("""
c-muNU=T?wsVpcgQBYuDU}AvK3>@W|DX9z$j7M@)5=-
td_#~Dkn;GjF>KPgsF)(SQMoYAYd7gf|egD1Cd#}8<OjMcVsoFQ`+x^W|{Nfeo4NLt_o!@izu5IqwJ!e1IO})1F==b=SfeIhqH(tMUd&9<9(VI3?Hx+;
P_&!~4Sz=bfwiyxALZ?Q|UAO%8D&^d)X;;MmmQPOkdfGQs|Jn2s(=VHjTzYiXwBn?h#H(3e1+#n#X182@tYmG)UD*9p{FLU7qsMe7a&-
5Ex+rOM3MwfIx(X=?inw&NI4L;-c`hCuE=nqJArRL?#YIUlrlY-}V`7nYdx7hTOV;hBCw7$cJyUv;DSOCG+2e2DGtZ?`?!_ueCVh-
{Mx8oBH$u~j=M=7<t};=jW1<qX?`Oy9#cwV7?akioypy>v!)W)!WzOfm{M;k>$>dyK<#xNvv!tIjYp*k%B?sb6*lr>jTe$4!g3~*{&1s*PAzylIHc)!~
mM1o!^Xjc3YE3|#+U1J*vv}6+xLol0EKu#m^Jm$@V}KT@-
TCe3bm#V_U5|lQo4x6^<hOxxre42Q1hm9{F4#zzDI)iQHWoK9Ffi}Q&Cf3b#%WG&Sw;#23XpdI$}2E1GJp^QFrunL=Q}Xq1x!G+vZN?68_13+$p+iWjA
<IP0<st*>GrCmrj!%|X_?fV;u3@okhv^Sy-bR^DVd2thC*%%Hovng)c*%_bTd+Nia?CqjGUt4{L(yRl{~>fffSF#yp)_&pd!XIxtV!sKyiWMToglfV1}
ds4Jj?kLG~a6w@YG4BHRoHl@y2>GATu=X-MAXf$9TANlI}^QVx*4tGJ{%1xd}S+yawCIG+*D68QfQ;w^9hphO5mTzO(yD#-
k_qTEENejX%q%u<U}iowy+(9oa?G>ipEi#v#dC2ekjFe^}mRkS1QDFYjj#RxK$1FBmhIU^AgWGN_-
rchi0jv|;V7@;nMMiYY!&}Yd=K4V0v1ItyR`2rMKdx2P_xFk6rNuLT3OBJUVq<}a@`8hc-
bN>Gao0ODZz<`iJwq<^4N(m?oBvv{Gg)s1h9tn1J4ss0vay)}Wfa2mS^Ad9zxMAWUo*_Q2VCBW-
MIhzCk}(ZlGBPkou1rZSX5fV>clP)7b@dAYOC;x(V3UwrSy5TVAQXB;+rV7Uz`)E{+t9#3&&1NqP#*vQ(QES
""")
OGG = unpacked("""
c-r$%PY-
5bVt|6>JZq+aXun4%XD|x;7nBxzq$Z{?GFmV;>;^0F2PtPjR?Y~dTTIthGcExs4@pcf<^hWMB$lO_8S5G985$U|0{JpPoSK)MpORW+3zSQS$tmPyCglV
52?FIyGD~t&ZG&B%gIq&GJVSh3rGbJu`N@eTnfZCP+6Lx&1_oxv+J*)OdM1`;hWe5~X&2XE=OE935Kn(Us7_~pUtd?h5MiKXVo^zEaS2r1F(||{I0Wo|
mLI|h_k;ZY^wf_>Y`l{EyaECo&ACk%Wd6SL{Ksg2fMdB-
)9d|4=YGuDQ@YP=hkk>;bphL^qCa~$78+MoCom@F=T@9ZKHR{u&`hc^Wr5kvM>}@U<XGsea;53f^+Rlm#XGtj<2cw{v<{iCXVv>}X>M`peggoWA8|e
""")
WEBM = unpacked("""
c-oV4y}x+AQ(GgW({~{L)X3uWxsk)EsiizMDc7kT$Zc(8k_c`{XJh~YrssmbvrBgQ?(Pm=-
6HC_GA(#b<3b2eEM#3akoUxQcMp&!6mmE{cuf;y6oe}iyc;Ol#B}iu#2ki523i4-tM+MK-`LFW<WRk`JJ{7Z$TcLyGsMT$x1q-;u`JEZSkF+;(7-
6%5rym0+2IfkF#_b3kL#c=&A8skSbVgDC2{MeFIUa@=QJ`XZJpCxnwQei$k5j281Ekt8XUH&IazN(*zOjVBU>1n8<~_JH@7ev>M}f>IKPo`Ylp-
00<cj@DUAZ5?;07B7ftprC@uC#O-x~Av|w!54VDE3nZvc>;$O)J8q!ZJa9!Nt<L~Sk;_2__(mqMsz+BJ3z|2_N(7-
^?#L~=AKmEik*TwD5{=UAhejzUHy%3K=`RONSxGrvU3<~iK2Fmq7<RIMi6ElJOT>YH=U0j2Ja>!v&TzoD0KzB02x9KMqA}gK(RGbV`tdNtLln?X<SWSm
ZXb{w`lMM{4zzC?w!T<~y<ej&bI!t}u$gp@~BLhPNM{{n|1)0CEJpVD;A6PuMkwLV9W4Tn*>-|ROe$3fZy3cHfeuKVs0o$gcKYJEWZe-AG;8<u}Rh__?
n4ep5BKdFw$QWCopqW%-$^x^Sk9O>yxp+z=Lm*JdS>;O8qw9y*6pMFsImRtmun;Jo%D}<qqIJl8J*(b-
OLL1$_Zwz6vX?GuVL1CQ0hBZ+?(W~*$gsT&m<2vIF`0d6WCj3@=?&}
""")
MP3 = unpacked("""
c-r%HF=l1}0!GOY&k!RZgBOT{U7dqmLx2K4t_&d&5fMNkSs>2IPfje!%+F)cHZa#SFfcRLHZ(BMGqE%?)Q2e(2jb-
X+}zZ>5~wN8{=UAhejyAY0j`EXNj|vojzJ-
w!9elgU{|QPPhwe`nX#Uso}mHAB{1;+vBd#6$1^W2A4u^7F$>VuKNu$A0NZeZ+ql4gTz~=Mwq&r|kQ~OK!n^>&VEnPxCg?2#Y2g23i6acW9FwM0`ZF-F
d1^3y-}}D$-j}7CUO`j#zWe+4`+K34pYG{C%F|0d8zwEl#MpK4`%`9-%74N4FaBe(JpV;Ytz*M!VSA7{Y<vZurZ7$kV0b)BJMfgi_8*ZCWg71pu-
T~0VczHAHc5`%Nn_3-51vMsFhM8n|0moRU+z;9`rp#HQ1e38)9RWjr_+{#%wgy2<XXTu(}BVM|CevyrKcUAAF=-bpWpuqz8n<4&|s`Ep}^|@H$I-
01wz8ji>~?qKNO;xam`ya{m;wDt5<y-eO*oT48i6wFfe;C0;5eqBQd8SBT>OXGn7;i;^>Z?5HSHtIwAw0CQyv%0RZ6n1t0
""")
WAV = unpacked("""
c-rmLPe>F|90%|>vpf5DW}e|GDAK5_xVw>ujdWXfX>wO(cTq4sh@wI2A;d6f{|QN50@H(Grz{ZC?4Vu}3EIGeYo{&-
1_hmjH~)5aXLe?KY__OWbWh&pz3=Zmc<|vH<HF$&HUPQ;ouR>zvAP-
n0D)J_IRMgE0U$vQh;Z>lH_o}Xa61=>B^bPqhk~(C0w3@UPlC||TTO%Q(P*eGf$s;RbTv(IiAV@=@o?pRq;Guivai9@;A!*%Fwi&F*Mfg>o@l17yVjU@
@I9p2$FA>G3Y^kBg_O{b>d_|8$S+EUF>W1l`k5r$hxgbH_eWcnu$3(e6c>;a#rQ7iZPC#0Tc#ZgbQ9F!7Z%W~_6$krpOqz1L<ADiD{)sL^fb9@2lO7R!
zQ>uKXD{2z}P5uNip7uo+Bud3RTV!JGOTB1iKGY(9aAx?^;dcWr>kD`Fhlkl7hFuYH9G5nsHg#ZMY6|jL$Vp0WhoPWxsF(`H;pB%V*S-$y@WzEHe-HV1
SieH*F;GNSiC<ge<B>5BL?Sv6M7ai{aqu9;m?A?4mnpC&|h3sL~^DAq%SGfz(<|=_Yx>5vLhwLI%d^iw<B(>yaXm>Uj&=LOtS$GFc|bYxYI=GONHI$kT
>Hv!o19X+@giYf%>Egt@{)jUc*hqN|17gYz)U<eh>wZJt#}<TCF=9P$f!c}6wO+mzRpW7gp|q}UnPH!1_5<|`zHfr<x>J<LNM6IBng>d`4}{J~?l>am1
9K*hs!|MHl|9;W^~kB+Lxt-p9s*kcWQc(Dgj@wg&z$2>B}Jf0qSOjSK}?9q!omMb2_KYFxckGcboQ6-B#f(IVGhdka?JTgZ-
0@&l(A&+5M<1bY_w&htBfS(>~M?Ac^9|I@-IO)fK(~k_Z<3!f1d0M?Ai+nTkqYhz7{-pi@?Q|><
""")
FILM_MP4 = unpacked("""
c-oa$3p`X?7eB`^<1sa3=o(CnxJ7vkjaNyCa`Q-qJZpwAF=m*|(1biI61@m<i*zHe;>xSs%n(<lx^ZPZs*zk$isX?n-
x=vkefPV+@7uq#&sux0|6XhFwf_6}I|l#&9F={D8Ndo=0Du@El2A8bFp2sA07z0p{QLkwCX+!SvwH!1a+t5tdR={8eS!fXMk?_vbP8F0g)`AVb*(17<0
o4BIgPs;<1c~m6(M5>m0sxtcJKA&-
ST}n{LyR|f4#Zg;041rv!@SkogfY9s$Z{ksHAr}kGSN7x~d=bJ+MdFD4yEPFE?JNbKkVH+~iHr+J0)yBUj(c`?Bf{qXKa=T@#hs6WZ*+aS!VC2m5k7&8
rU6X9_1imaKORsK|Sm^rvgyIivOZ=aXCgOKoWDcKSLbw^DuOl(dJSp|*cHWboOpQIN#R+y3L|ZM&CgKkbko+aYiF64GyvE$a31J8k~<;Q|0y0iY3(s6u
nQc`C>=+IF^T8g1|AcE0hjU0FRQn_p%#pRDmt$m+V;ch#WGkHo~X5pps9@B*|<=Gv)>thDe9zY-K8*)vWmVy)p;tw$03ZuUr-
S3@P4X<%Khqj@aD?*7D%i2yvi^T^gLo*ZAlx_<8Y+t+izC{u-8siNbWbLM1%o4av+du07Xj*T}b!Wjj^rp-
`eFR(+h+j4thT&(HzNfWQAv=!0zcm)kvCERqa7R`H?Dyx@#YdkqN)(Pi}H~3)LzPolP@v--d*OPX@rO}gr5RM?t$oZLEDk$B*xB1s9bi%!!ipSQtV%N^
D{j*0I6~gM7J#$Yh`*4nM3j-#3X#FZXy3x<*I|jc6+sUE2bX`o`o21VMIyl-<Jd4j9%WbeQit#sK3slnN)vNB*Pb*p+P8l`-
Nm;@@NMZF^Vo@Zs?QCntz(t*#ms(?H5wY{F*g6%3Pop%H-2By(sBB^8RubyUJvgV;@b0idEqv1h>+-(BKYsXwYMBb-gta5rh~tm4d}`o`q*UV#c)h=N`
#Q{&Dm*wPK_DHG#xIA@<Sw(9^syqNx)5$1b{G5zanc7K*j{rhT|LxyWkd1&jfxG{f0{~?I8g}2WQCU~pY-
#AHyi!a(iyG4P1MZ?QJb#IY#uQ{3Ooz!c@e7iIghK9lQxf7VehZ~SdpE*dLUc9p~VdG9?!*T#ESu%9mjv-)3N4`-
Bp$rKfY}q4cFL_kou;7dmYjvwY%MF!zHk&-
N^WzSfR;BH;LHOd<4m2|HP?6=ZvH0FZFCWIi({@ijb$Rr#@3z9xK><)DZ>FCMKJYo;16|6GzK1!!H;#_Vuo8J|aOU7~AsA<i$o3hHsVHvD}{d3v{CaAh
-3h69@G>??e~IGMj|0z4R!-;&J}DEB6Wrb!x}8vg{OJ?kHL3Ut{aH+vfQURj$a-#BwV1SV$dhB~P$9)%6~eWC_Pam8N&h!;HY9{EE3?Un%j*0F1tF&o-
%4V%wFy%EZRKfo&1$aYIxvcl5Mm{GI5xsPllWdOX*1IZA3i)65zs_?R<Z9yhD-AU5qAj52o=y(PXOIv*tqOq=hYeM6#IM)IXK;qeU?DkxcDjX4FxyMO1
XB5n@gpxSvSGU0SAN=nP3SqlFwz)kJciaF~%kfrcKF_gY+9fg?|n$zpt;gWn@OPp3((}*IgdE{ft?pc=*FBpW~F7&t()y#KoJQUf3to#_+<1o`Jtn%uu
a^oO#mm!YCSgWWDnUO7G7S9kdaX1yZIRYmU!5iN^=;wq*TMC4i;j+9wVJ$p&EP5nfk!+>{d++3*W(AkT3$}E7n87KvyJ^)Ic@0i6US8@78BEJh(b|EH4
WmL2ml60bRifuEBOOD)$jRr*RYFpXstS;W0>wAQjP84N9qhxaTA@w}H!3r@mTA~R8gf-
`F1IQM%GEuT#C+DDDj4vCysGkim{Cuzat+dXPfUa62{4ucB}%%?1RY*xhJy_~K{N?3B=sdgx#IJREc}tufYWe|2Y;n5MG1v{HyV<L%6Bae2qLs{ccWq*
H}?CUS|>qRC27v^+`%P6A<&#tbG&i96i<LpKpYX;tE>V?BOiTy4gi7&`N+Kz)`Dhe`WFvrI8PG2B3>O39BI+FJ?%Xjl710+Nm~(*N4Xp>!6d~0MVr^NH
Fs{0nzad_k_NdprFHzI!NJ=k43~h7D*Pqsy%e%y@;B4?bVAj$Qr)IwEsikK_;73tp>8=5(f&MNrMjjod`C3-
U}jN4*G%y??U$%OuljHLi+220%VY!p^h&83@f1uXDhh_Mxm$#Lg8g7|!dbJp;|ycaio1^k1M4p2pDROypeOQ^GC5~?g2RoTeMyl$`<kysKfiBmtdp%r=
0?CJB+U?G`c5V_VMudW-
j;~yn5IzT)PDGbR_)+lCx2kPVaf~g;NqKn3NYeKAHfF1+2dm3{LO{GIGW<l<<DC+k0WH>RZpwD81$48G;y8mWpX*TaGMz4ELfj}lYtu2j)cvP%Ha;EGI
iWsm${?Bw8W?uB<|GxxgmpF-HF!sn{IOcAWxf#uNdgh;|--
F)#HFMCq?1zz6d)`McunkGw={r+p{jy?miw4W`#Dm(V!Hz&5!%c**hhu3f)n;reFQ^upxDRX2x!lF(bImvAy(|zQ#s5fuu4xO8wnOsa6>LyL~vTb?yF$
ZsR9iyry7=vd(&bl~1<tgk=&6HaETg0NPL-i;|rmdZTJAbZSv_N=BM&e=1>)nk|~%^eDRV;zVR~=jp39UT3(Zcz-i-
x!lXDgdb7XXNHE@KjUB24<)M<&_msD;L(5%C*q^&>l;+PCuu)t&uc}1#H{W%2QIzIes!yJ9{Z_7;o$2%jln72o%26O)$fsbRv>H}pP6MU)z%BEJKv3{7
58tzc#A7cXAuZv1Kh)@j&FX@iZse2hw`%8WUAJ%QdX(TC<La&;piS&g{79#87@Yw&0{wVd+JMuPLl#_#gD|pV3fBQ3<ilrzU@<6111=}?OUS+rznlzdW
n%cJ3GtmQoLk@c{h60Euc8@6@2^7?Z2e7mUMMF2L%K&s=A0CHd+<u*A|_yA0`E-
!lK=!;2KCI2D5!UUfBqPaaJ~l!y)N9X`0vUbhes=kJnrNgKtLSC+}#^VI!AwQM>c3936;vT|)xmc0Cn<m`UvqRr(4}YVGEMoe!f^A`Ba}Sh}lUZc9r{E
o9%s=(V)p+?E;DlQ@pt>VRr6y(VDo>G1Q?zopwgRS#>X6Rx{=x(@dSu00vjd{FLqS#zNY)gjx6=xkL^>$rwlY4WkWnTlvc63+1Qf5%ZR!bcmnF=+>ysT
R@EoE>AM-G}E|gsRI5p7);W&uo1DY-hHh?VbM`1rXz^lQyD^@Orl{=aq2JlLJj=;~{Uf$1{|Qx7Xdczp`*@nOZL{;I&Hm)G|8*Y45eAeAMlzEuE5v6!g
As*4AG4+Ued*P$(SvcwNOX^<=1H;SD$a;~Zh}NW@;<O>SqgDVP24sY|Nt*w{T;=XHp#oxSz(4Ig#f`qZWuV_^rUR%@(TvqoJWxABna^yI)D@K}n{R!x(
z_pGru_swjUDG{A48>{zUq>=V`r#k_GIiPm-uRYdrB~K^@GkjI^x}Fnu8P|o?gA>CuQY_(cRDG1*y@%)VuV~4HLs<$cr_qE#J;w8z%BL7|eNnTHH^)Eq
Zl?pw9NT|XkC;5|dyM$x;loGA49je{yT``HSy@rf^FGUia5!A5kp5865?j_ck+=DR)5L2B<xM>kR>_4f#U&pY5j9z0`1@>Z`q5ch<LWbG(MorCt!{f=$
YDf{TF3BC#e3ze9mED2GZ6d&->ev{WRmoux=aD(p(bAHB(^U(QB(8s$7sEQh+gP5dyeKZTc7cM!V!qvobkSMod2BEMfA-{A>3BGI(6+>q2*+-
>0b=i6|HcVOpy`)iH^i^EAsLv5F2}g2>=qgjNsrf=sTUx2=k`^-?S2I0Fd1PfPm=v+Q4s7-;XVTe{3-5AA!aWAqPUb7dvnvChR}GL2-
e9j`O#1E&ja$4L=H-
1xcJAoyGpTV$tuyTJQyf5<rF&JcIK6*)^dq4!GP|80h#@=pkP$VF47srASw39BfMtqR{<B7%+tq5JZI(`7p+U)1}+gpnSIBC?S5-
CC5O9hS2e!b<lyu_Mt=iD;AqYS%T?;eyGC!ODaT%wg7A)Y5N6%S^B4iXE6Qt6Te-
76$+vEK0g+PwNRIsm>5UMu{b0x@Ujb2%Pasf^D+r&Mi=r}CfZ%)ak<aoK|F9LB@u8D6PJ|V0u6s%8V?RF0mUE`nn`9c7dI^G@;>a4&(&CTF4_o-y-
+FOD^6Ub<Ddliemnow4`d7fY(nULo%0R;iU+kJrjh@FX<~oFG!Xp%8U7DU6aT`ruK&(7(JfoC;qREn3Jwigirfv2DNC4kWRYoT7ULVI{|n1(7g-
kd9m|3smXZJC*dT!ZvQ?-
VE#=IQP##5`QLtFCfW+C0x`;Cp7)jRw;NMjETKYwdC>={mFTzMHmR__&QCT#XP(bWE3M}FmbnUNnSZMG?m<V$o>gAA*Uc_UU&_ra1Xd>weNhQ{PCPlO=
B$!VB5^v#-;8;HUMI`=W0Y67rkmOJbTa+(%h9CP&-qe;B5h{ELnaQLtEu?n9XQpTrvV(&c3PoO6ypV9{9#OyCqkjR^(I?s
""")
FILM_WEBM = unpacked("""
c-pm<`#;oa8^^yhTBApeb%-U08KELfRLEis<5266L5UKBSu0k?xfoyLFk|G<?4-
hq$x`HykO=GW7$Q;QP@D51yK)YrneQxH``Ty!famkNuOHs8`}4Z4&wc-
LDd0!hdAKAHhTGV#6>t}B6%@n8Cq(#q2jY@JI4%){e?y2P!GIkh_DI@ghd#BdXAnvf_SxR|Bb0*qpGnraEMS`k?CMjuNy@pEL@14i>3v2;LjCq-yy*J;
=RSZN@c+_IstV1)N~#17YZsULomaTu34NWTI!7^jXU+eGmUJ5SOOBoJgJoZ`*$;v+ayyMq`~8$zgyG#B5Kyhop@s$d&_Ez5(bdz{(U1zl4op%LzWO*0j
Ac}S*ry=&4hVOtNN}kGVJ-_G@b^360I>5FTV!$`u{n;!xs7Kh<LxaREb&g3$^S}2CUc3+4B|g?Nu0a?Yi4eniGQ0>m;JrNgCj|td_0?G>EdMWZ0lgZ?Z
IG9{&luJUj(RF)P&*9W<h|BHv$15t^x(*!Zfh}767cp5))~O2{brdM4>@i8VcKV|D-OUPHE)w3G=ga$;Zq?-
!D$9B&+mOgnVV;*?y5NCBebv({U2Z>64UKl=iEu(Xcfbbb*hEL#&JR)k7Vdp7B3&%U4IoOyR;ziUx0U8a6KjX>IC`>aO&*_P%Y*(X}Th3B0#@Cp)GP70
5Y>8A?i1rcrX!FOUUAjvK|lGYo^+g6xIUqt7=SIz2y({2Hq-G~&V5#Q6q1iI3%-
c?&{86qaIRwASF2s{e+?4<SaaK9YC^Mb#zQIO5!;o0BaS<O|i9R`v6OQ8_+2%y+I$TR#7LSY7&z<8ZVQX`U3*xxgD+Ki25l3_;qpI;sT>xo=UnY1{*Y4
-THg`R7+HW@=VO9`=?ZeZ4f})6!yo;lagOCEFr@eD=dV?<$oz!?43=Kja0rxx)x}S5Ru~x>bw|;H!)oEUMQIOtC`x%%sWa*APk&_e^?=Dp<nzj?cWX%T
4mupG+I&E?GAGZi!~d*@-
2c!P=M33#QN+cBMb9XDJ0t(w;%DiApkA(F(J{mmJ)J!ssjL^P#A0v8|QhP~%>H)pE62qVSqTzl!jU*D9{ipO9wuUyQ59zQk;MQLoVXBs0wq?n?&b^x}}
9>u&T8G-Zat)>7>*zIxWsCQF=y2JfN{jU=`&1;j*hkg-o<?Qifh<W&oxBCZvOP8^-5wJ-JJ&ZXx&OcYF0rYtg)u96gLT5ib92!%{7J+J-
xzVfdmeXF0oV=rX(WJ^^Oga@4+?Oq*<%^1LO8&6U~to^%Kr!#`%_qFKu9Ou@(9GhxwXGJ{moT6?>o<~PmC-uF!T*yK0Z{2Iq-
KRaQz9@vm89oit72S-uE@tR-X8)doTN^1h9yM>zqi&!1Y8i-RDXLq<ls-X>-9OcFQcmry0`%*Ep5yJdNhukRu;SxE?Y7NPRee;nWORYyT8C(`NP-Qf`0
nl|8A+?Wa2AE%*8iK?R{y2Es7zH_T~F{SOON)EQLxb1*lS{cfOB;6y9UtYy;iemE&+K{O3bVEbsFC+b+M==r>y(Fad%`nL-
<(oUG<teWZOt(#nh?tF17!0`DFQS`10_0#RcDw4WzY!3D#g&j)!4G6-
1hNb_MEf{G<(0#dJSxw6Br;e!iOOC8{y>9I5)q*ZbR{UX5#t;WH@nSb1UMcO?BDBYG8E%;q^%=xFBKGbn?;xogv8(*rCmKE37MCL{YoPpxDxt3=Z9HKv
5=gmBuj_fX5qS~j^}voCL#(+RgE@nrH3*}s@%eH^(6_YY9HQZFm79R{_f6}^N=vhL@mHuH>`JSUrL<rE%DR-nb=xWP&<>QaV$JUdlo_ii+yFhaqxp6=S
4qo!g4^Lv{|Z|v%N$TjXnu8uEllBXGsss2mh(&G~N!}A7lMB~a0bx*zzTL-C3y2iG6BIS_(8@%!HE#^?bblbSjA7x?8b;nwRTLR|ykq-
{MyiTivjxf2qG3ui$&zWh~%80!d1P>v-
@#he4Kof93)G^e=6Ag((<W@weIS_aM#}%3ppE_dwDE!`)LW<%Ei*Bx|_RL80T=n`y8s<1EJGSMupDhkp(yN`#s_hEI41oGUgp|y>Q)y@Beq20?Mf;XT3
WtXxUX)esS7yZ;Cs0a`aGG4G50MtJ2NOaAk)jKw=<&V_kF7W8S-
CP@4H2d>bf0DRO>=p_V{eA;&}!a`=gGM#&UzE|&Gc)A7XV;qe`VIESAjrn%J!aIj)zq)fg*nbS!z*d
""")
