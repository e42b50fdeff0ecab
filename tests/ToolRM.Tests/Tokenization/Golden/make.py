import json, random, os, sys
from slowbpe import *
ID=r" ?[\p{Lu}\p{Lt}]?[\p{Ll}\p{Lm}\p{Lo}\p{M}]+| ?[\p{Lu}\p{Lt}]+(?![\p{Ll}\p{Lm}\p{Lo}\p{M}])|\p{N}{1,2}| ?[^\s\p{L}\p{M}\p{N}]+|\s*[\r\n]+|\s+(?!\S)|\s+"
QW=r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
LL=QW.replace(r"|\p{N}|",r"|\p{N}{1,3}|")
TK=r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
lines=open('corpus.txt',encoding='utf-8',newline='').read().split('\n')
out=sys.argv[1]
def split(p): return {"type":"Split","pattern":{"Regex":p},"behavior":"Isolated","invert":False}
def bl(prefix=False,rx=False): return {"type":"ByteLevel","add_prefix_space":prefix,"trim_offsets":False,"use_regex":rx}
def added(id,c,special=True,**k):
    a=dict(id=id,content=c,single_word=False,lstrip=False,rstrip=False,normalized=False,special=special); a.update(k); return a
def model(vocab,merges,**k):
    m={"type":"BPE","dropout":None,"unk_token":None,"continuing_subword_prefix":None,"end_of_word_suffix":None,"fuse_unk":False,"byte_fallback":False,"ignore_merges":False}
    m.update(k); m["vocab"]=vocab; m["merges"]=merges; return m
S=["<|pad|>","<|im_start|>","<|im_end|>"]
def strings(m): return [a+' '+b for a,b in m]
def arrays(m): return [list(x) for x in m]
toks={}
v,m=train(lines,ID,620,S)
toks['identifiers']=dict(version="1.0",truncation=None,padding=None,added_tokens=[added(i,s) for i,s in enumerate(S)],normalizer={"type":"NFC"},
  pre_tokenizer={"type":"Sequence","pretokenizers":[split(ID),bl()]},post_processor=None,decoder=bl(),model=model(v,strings(m)))
v,m=train(lines,QW,420,[])
n=len(v)
toks['qwen2']=dict(version="1.0",truncation=None,padding=None,added_tokens=[added(n,"<|endoftext|>"),added(n+1,"<|im_start|>"),added(n+2,"<|im_end|>"),added(n+3,"<tool_call>",special=False),added(n+4,"<|im",special=False)],
  normalizer={"type":"NFC"},pre_tokenizer={"type":"Sequence","pretokenizers":[split(QW),bl()]},post_processor=bl(),decoder=bl(),model=model(v,strings(m),continuing_subword_prefix="",end_of_word_suffix=""))
v,m=train(lines,LL,420,[])
for w in [" restaurants"," Привет","ÄÅ"]:
    t=tobytes(w); assert t not in v; v[t]=len(v)
n=len(v)+5
toks['llama3']=dict(version="1.0",truncation=None,padding=None,added_tokens=[added(n,"<|begin_of_text|>"),added(n+2,"<|eot_id|>",lstrip=True,rstrip=True),added(n+4,"mask",special=False,single_word=True),added(n+1,"Ångström",special=False,normalized=True)],
  normalizer=None,pre_tokenizer={"type":"Sequence","pretokenizers":[split(LL),bl()]},
  post_processor={"type":"Sequence","processors":[bl(True),{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<|begin_of_text|>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],"pair":[],"special_tokens":{}}]},
  decoder=bl(True,True),model=model(v,arrays(m),ignore_merges=True))
v,m=train(lines,GPT2,400,[])
v["<|endoftext|>"]=len(v)
mm=model(v,strings(m),unk_token=None); 
for k in("type","ignore_merges","byte_fallback"): del mm[k]
toks['gpt2']=dict(version="1.0",truncation=None,padding=None,added_tokens=[added(len(v)-1,"<|endoftext|>",normalized=True)],normalizer=None,pre_tokenizer=dict(bl(True,True)),post_processor=bl(),decoder=bl(),model=mm)
v,m=train(lines,TK,400,[])
n=len(v)
toks['tekken']=dict(version="1.0",truncation=None,padding=None,added_tokens=[added(n,"[INST]"),added(n+1,"[/INST]")],normalizer={"type":"Sequence","normalizers":[]},pre_tokenizer={"type":"Sequence","pretokenizers":[{"type":"Digits","individual_digits":True},split(TK),bl()]},
  post_processor=None,decoder=bl(),model=model(v,arrays(m)))
texts=[l for l in lines if l.strip()][:22]+["",""" ""","  ","\n","\r\n\r\n x","a\r\n\t b \n\n  c","'S 'LL'd 've'RE 'M\u2019s 'x '","'\u017Ft I'\u017F",
 "<|im_start|>user\nHi<|im_end|>\n<|pad|><|im_sta","<|im_start|><|im_start|>","[INST] hello [/INST]","<tool_call>{\"name\": \"getWeather\"}</tool_call>",
 "x  <|eot_id|> \n y<|eot_id|><|eot_id|> ","mask unmask mask_ (mask) mask2 mask","A\u030angstro\u0308m Ångström Ångströms","<|endoftext|> <|endoftext|>x","<|begin_of_text|>the restaurants ÄÅ Привет Привета",
 "e\u0301\u0327 q\u0307\u0323 \u1100\u1161\u11a8 \u212b \u0958 \ufb1d \u2126","\U0001D400\U0001D401 \U0001D7D8\U0001D7D9\U0001D7DA\U0001D7DB \U00010400\U00010428 \U0001F44B\U0001F3FD\U0001F469\u200D\U0001F4BB \U00020000\U00020001",
 "1234567 12 1 ٣٤٥٦ ²³½Ⅷ 1,000.50","HTTPServer XMLHttpRequest iPhone eBayID userIDs ǅungla ABC Abc aBC \U00010400\U00010401\U00010428","\u0301start a\u0301 \u0301 ' \u0301","\u00a0x\u3000\u2028y\u0085z \x1c \x00\x01","a"*300,"ab "*40+" "*60+"end","-"*70,"\u200b\ufeff\ue000\U000F0000"]
rnd=random.Random(20240617)
atoms=list("aeiourstnlABCXYZ'''\"{}:,._-/()0123456789   \t\n\r")+["'s","'LL"," the","get","ID","\r\n","é","e\u0301","ß","ſ","ǅ","ʰ","日","本","안","\u1100","\u1161","Я","ж","٣","½","Ⅷ","👋","🏽","\u200d","\u0301","\u0323","\U0001D400","\U0001D7D8","\U00020000","\U00010400","\U00010428","\u00a0","\u3000","\u2028","\x1c","\u200b","<|im_end|>","<|eot_id|>","mask"]
for i in range(60): texts.append(''.join(rnd.choice(atoms) for _ in range(rnd.randrange(1,40))))
for name,j in toks.items():
    t=Tok(j); cases=[]
    for x in texts:
        ids=t.encode(x); plain=t.encode(x,False); c={"text":x,"ids":ids}
        if plain!=ids: c["plain"]=plain
        d=t.decode(plain)
        if not t.prefix: assert d==t.norm(x),(name,x,d)
        d=t.decode(ids)
        if d!=x: c["decoded"]=d
        cases.append(c)
    json.dump(j,open(f'{out}/{name}.tokenizer.json','w'),ensure_ascii=False,separators=(',',':'))
    with open(f'{out}/{name}.cases.json','w') as f:
        f.write('[\n'+',\n'.join(json.dumps(c,separators=(',',':')) for c in cases)+'\n]\n')
    print(name,len(j['model']['vocab']),len(cases))
# NFC
marks=[chr(c) for c in range(0x300,0x370)]+list("\u05b0\u05b4\u0651\u064e\u093c\u094d\u09be\u09d7\u0dcf\u0dca\u0f71\u0f72\u0f74\u0f80\u3099\u309a\u302a\u20d0\U0001D165\U0001D16E\U000110BA")
base=list("AaEeIiOoUuqxSscNnZz ")+list("\u212b\u2126\u1100\u1101\u1161\u1175\u11a7\u11a8\u11c2\uac00\uac01\ud7a3\u0915\u0958\u09c7\u0dd9\u0f40\u304b\u30cf\u05d9\ufb1d\ufb2a\u01d5\u1e69\u0344\u0f73\u0f75\u0f81\u2adc\uf900\ufa10\U0002F800\U000110A5\U00011131\U00011127\U0001D157\U0001D15E\U00011935\U00011930")
cs=[]
for i in range(300):
    s=''.join(rnd.choice(marks if rnd.random()<.6 else base) for _ in range(rnd.randrange(1,9)))
    cs.append({"text":s,"nfc":unicodedata.normalize('NFC',s)})
with open(f'{out}/nfc.cases.json','w') as f: f.write('[\n'+',\n'.join(json.dumps(c,separators=(',',':')) for c in cs)+'\n]\n')
import shutil; shutil.copy('corpus.txt',f'{out}/corpus.txt')
