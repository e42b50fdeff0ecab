"""Slow and simple: a byte-level BPE by the book, for golden files. Nothing shared with the library."""
import re, unicodedata, json, sys, random
WS=[9,10,11,12,13,32,0x85,0xA0,0x1680]+list(range(0x2000,0x200B))+[0x2028,0x2029,0x202F,0x205F,0x3000]
cats={}
for cp in range(0x110000):
    if 0xD800<=cp<=0xDFFF: continue
    cats.setdefault(unicodedata.category(chr(cp)),[]).append(cp)
def ranges(cps):
    cps=sorted(cps); out=[]; i=0
    while i<len(cps):
        j=i
        while j+1<len(cps) and cps[j+1]==cps[j]+1: j+=1
        out.append('\\U%08x-\\U%08x'%(cps[i],cps[j])); i=j+1
    return ''.join(out)
def cls(name): return ranges([c for k,v in cats.items() if k.startswith(name) for c in v])
def compile(pattern):
    out='';depth=False;i=0
    while i<len(pattern):
        if pattern.startswith('\\p{',i):
            j=pattern.index('}',i); body=cls(pattern[i+3:j]); i=j+1
            out+= body if depth else '['+body+']'
            continue
        if pattern.startswith('\\s',i) or pattern.startswith('\\S',i):
            neg=pattern[i+1]=='S'; i+=2
            assert not (neg and depth)
            out+= ranges(WS) if depth else ('[^' if neg else '[')+ranges(WS)+']'
            continue
        if pattern[i]=='\\': out+=pattern[i:i+2]; i+=2; continue
        if pattern[i]=='[': depth=True
        if pattern[i]==']': depth=False
        out+=pattern[i]; i+=1
    return re.compile(out)
def alphabet():
    vis=list(range(0x21,0x7F))+list(range(0xA1,0xAD))+list(range(0xAE,0x100))
    m={};n=0
    for b in range(256):
        if b in vis: m[b]=chr(b)
        else: m[b]=chr(256+n); n+=1
    return m
B2C=alphabet(); C2B={c:b for b,c in B2C.items()}
GPT2=r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
def tobytes(word): return ''.join(B2C[b] for b in word.encode('utf-8'))
class Tok:
    def __init__(s,j):
        m=j['model']; s.vocab=m['vocab']; s.j=j
        s.ranks={}
        for r,x in enumerate(m['merges']):
            s.ranks[tuple(x.split(' ') if isinstance(x,str) else x)]=r
        s.ignore=m.get('ignore_merges',False)
        s.inv={v:k for k,v in s.vocab.items()}
        s.added={a['content']:a for a in j['added_tokens']}
        s.addinv={a['id']:a['content'] for a in j['added_tokens']}
        n=j['normalizer'] or {}; s.nfc=n.get('type')=='NFC' or any(x['type']=='NFC' for x in n.get('normalizers',[]))
        pt=j['pre_tokenizer']; steps=pt['pretokenizers'] if pt['type']=='Sequence' else [pt]
        s.steps=[]; s.prefix=False
        for p in steps:
            if p['type']=='Split': s.steps.append(compile(p['pattern']['Regex']))
            elif p['type']=='ByteLevel':
                s.prefix=p['add_prefix_space']
                if p['use_regex']: s.steps.append(compile(GPT2))
            elif p['type']=='Digits':
                N='['+cls('N')+']'; s.steps.append(re.compile(N if p['individual_digits'] else N+'+'))
            else: raise Exception(p)
    def norm(s,t): return unicodedata.normalize('NFC',t) if s.nfc else t
    def split(s,text):
        pieces=[text]
        if s.prefix and text and text[0]!=' ': pieces=[' '+text]
        for rx in s.steps:
            new=[]
            for p in pieces:
                at=0
                for m in rx.finditer(p):
                    if m.start()>at: new.append(p[at:m.start()])
                    if m.group(): new.append(m.group())
                    at=m.end()
                if at<len(p): new.append(p[at:])
            pieces=new
        return pieces
    def word(s,w):
        if s.ignore and w in s.vocab: return [s.vocab[w]]
        sy=list(w)
        while True:
            best=None
            for i in range(len(sy)-1):
                r=s.ranks.get((sy[i],sy[i+1]))
                if r is not None and (best is None or r<best[0]): best=(r,i)
            if best is None: break
            i=best[1]; sy[i:i+2]=[sy[i]+sy[i+1]]
        return [s.vocab[x] for x in sy]
    def plain(s,t): return [i for p in s.split(t) for i in s.word(tobytes(p))]
    def sections(s,text,normalized):
        """[(id or None, text)]"""
        toks=[(s.norm(c) if normalized else c,a) for c,a in s.added.items() if a['normalized']==normalized]
        out=[];start=0;pos=0
        isw=lambda c: unicodedata.category(c)[0] in 'LM' or unicodedata.category(c) in('Nd','Pc','Nl') or c in '\u200c\u200d'
        isspace=lambda c: ord(c) in WS
        while pos<len(text):
            c=[(len(x),a) for x,a in toks if text.startswith(x,pos)]
            if not c: pos+=1; continue
            n,a=max(c,key=lambda x:x[0]); e=pos+n; b=pos
            if a['single_word'] and ((b>0 and isw(text[b-1])) or (e<len(text) and isw(text[e]))): pos=e; continue
            if a['lstrip']:
                while b>start and isspace(text[b-1]): b-=1
            if a['rstrip']:
                while e<len(text) and isspace(text[e]): e+=1
            if b>start: out.append((None,text[start:b]))
            out.append((a['id'],None)); start=pos=e
        if start<len(text): out.append((None,text[start:]))
        return out
    def encode(s,text,match=True):
        if not match: return s.plain(s.norm(text))
        ids=[]
        for i,t in s.sections(text,False):
            if i is not None: ids.append(i); continue
            for k,u in s.sections(s.norm(t),True):
                if k is not None: ids.append(k)
                else: ids+=s.plain(u)
        return ids
    def decode(s,ids):
        b=b''
        for i in ids:
            if i in s.addinv: b+=s.addinv[i].encode()
            else: b+=bytes(C2B[c] for c in s.inv[i])
        return b.decode('utf-8','replace')
def train(lines,pattern,size,special,minfreq=2):
    rx=compile(pattern); words={}
    for l in lines:
        for m in rx.finditer(unicodedata.normalize('NFC',l)):
            words[m.group()]=words.get(m.group(),0)+1
    toks=[bytes([b]) for b in range(256)]; ids={t:i for i,t in enumerate(toks)}
    ws=[([ids[bytes([b])] for b in w.encode()],n) for w,n in words.items()]
    merges=[]; reserved={s for s in special}
    banned=set()
    while len(toks)+len(special)<size:
        cnt={}
        for w,n in ws:
            for p in zip(w,w[1:]): cnt[p]=cnt.get(p,0)+n
        c=[(-n,p) for p,n in cnt.items() if n>=minfreq and p not in banned]
        if not c: break
        p=min(c)[1]; t=toks[p[0]]+toks[p[1]]
        if ''.join(B2C[b] for b in t) in reserved: banned.add(p); continue
        merges.append(p)
        if t not in ids: ids[t]=len(toks); toks.append(t)
        k=ids[t]
        new=[]
        for w,n in ws:
            o=[];i=0
            while i<len(w):
                if i+1<len(w) and (w[i],w[i+1])==p: o.append(k); i+=2
                else: o.append(w[i]); i+=1
            new.append((o,n))
        ws=new
    text=lambda t:''.join(B2C[b] for b in t)
    vocab={}
    for i,s in enumerate(special): vocab[s]=i
    for i,t in enumerate(toks): vocab[text(t)]=i+len(special)
    return vocab,[(text(toks[a]),text(toks[b])) for a,b in merges]
