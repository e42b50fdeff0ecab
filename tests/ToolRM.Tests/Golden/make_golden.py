#!/usr/bin/env python3
"""Makes the golden models of this folder: tiny sequence-classification decoders and the numbers they must give.

An independent implementation, in plain PyTorch with autograd, of what Hugging Face computes for
Qwen2/Qwen3/LlamaForSequenceClassification. Weights are float32 values; all arithmetic is float64.
Needs only PyTorch (1.13 or later). See README.md.
"""
import json
import math
import os
import re
import struct

import torch

HERE = os.path.dirname(os.path.abspath(__file__))
ETA, LEARNING_RATE, BETAS, EPSILON, WEIGHT_DECAY, MAX_NORM, STEPS = 0.01, 1e-3, (0.9, 0.95), 1e-8, 0.1, 1.0, 5


# ---------------------------------------------------------------- the models

def common(**changes):
    config = {
        "attention_dropout": 0.0, "bos_token_id": 1, "eos_token_id": 2, "hidden_act": "silu",
        "id2label": {"0": "LABEL_0"}, "initializer_range": 0.02, "label2id": {"LABEL_0": 0},
        "num_key_value_heads": 2, "pad_token_id": 0, "rms_norm_eps": 1e-6, "rope_scaling": None,
        "tie_word_embeddings": False, "use_cache": True,
    }
    config.update(changes)
    return config


MODELS = {
    "qwen2": common(
        architectures=["Qwen2ForSequenceClassification"], model_type="qwen2", vocab_size=96, hidden_size=48,
        intermediate_size=80, num_hidden_layers=2, num_attention_heads=4, max_position_embeddings=128,
        max_window_layers=2, rope_theta=1000000.0, sliding_window=None, use_sliding_window=False,
        torch_dtype="float32", transformers_version="4.46.0"),
    "qwen3": common(
        architectures=["Qwen3ForSequenceClassification"], model_type="qwen3", vocab_size=90, hidden_size=40,
        intermediate_size=72, num_hidden_layers=3, num_attention_heads=4, head_dim=16, max_position_embeddings=256,
        attention_bias=False, layer_types=["full_attention"] * 3, max_window_layers=3, rope_theta=1000000.0,
        sliding_window=None, use_sliding_window=False, tie_word_embeddings=True, pad_token_id=5,
        dtype="float32", transformers_version="4.56.0"),
    "llama": common(
        architectures=["LlamaForSequenceClassification"], model_type="llama", vocab_size=83, hidden_size=48,
        intermediate_size=68, num_hidden_layers=3, num_attention_heads=6, head_dim=16, attention_bias=False,
        mlp_bias=False, max_position_embeddings=2048, pretraining_tp=1, rms_norm_eps=1e-5, rope_theta=500000.0,
        rope_scaling={"factor": 8.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0,
                      "original_max_position_embeddings": 256, "rope_type": "llama3"},
        torch_dtype="float32", transformers_version="4.48.0"),
    "llama-linear": common(
        architectures=["LlamaForSequenceClassification"], model_type="llama", vocab_size=64, hidden_size=36,
        intermediate_size=60, num_hidden_layers=2, num_attention_heads=3, num_key_value_heads=1, head_dim=12,
        attention_bias=False, mlp_bias=False, max_position_embeddings=512, pretraining_tp=1, rms_norm_eps=1e-5,
        rope_parameters={"factor": 4.0, "rope_theta": 10000.0, "rope_type": "linear"},
        dtype="float32", transformers_version="5.0.0"),
}
del MODELS["llama-linear"]["rope_scaling"]


def head_dim(config):
    return config.get("head_dim") or config["hidden_size"] // config["num_attention_heads"]


def parameter_shapes(config):
    hidden, inner, dim = config["hidden_size"], config["intermediate_size"], head_dim(config)
    queries, keys = config["num_attention_heads"] * dim, config["num_key_value_heads"] * dim
    shapes = {"model.embed_tokens.weight": (config["vocab_size"], hidden), "model.norm.weight": (hidden,),
              "score.weight": (1, hidden)}
    for layer in range(config["num_hidden_layers"]):
        block = {
            "input_layernorm.weight": (hidden,), "post_attention_layernorm.weight": (hidden,),
            "self_attn.q_proj.weight": (queries, hidden), "self_attn.k_proj.weight": (keys, hidden),
            "self_attn.v_proj.weight": (keys, hidden), "self_attn.o_proj.weight": (hidden, queries),
            "mlp.gate_proj.weight": (inner, hidden), "mlp.up_proj.weight": (inner, hidden),
            "mlp.down_proj.weight": (hidden, inner),
        }
        if config["model_type"] == "qwen2":
            block.update({"self_attn.q_proj.bias": (queries,), "self_attn.k_proj.bias": (keys,),
                          "self_attn.v_proj.bias": (keys,)})
        if config["model_type"] == "qwen3":
            block.update({"self_attn.q_norm.weight": (dim,), "self_attn.k_norm.weight": (dim,)})
        shapes.update({f"model.layers.{layer}.{name}": shape for name, shape in block.items()})
    return dict(sorted(shapes.items()))


def random_parameters(config, generator):
    """Values of a trained model's scale: gains around one, biases that are not zero, matrices that keep the scale."""
    parameters = {}
    for name, shape in parameter_shapes(config).items():
        value = torch.randn(shape, generator=generator, dtype=torch.float64)
        if name.endswith("norm.weight"):
            value = 1 + 0.2 * value
        elif name.endswith(".bias"):
            value = 0.3 * value
        elif name == "score.weight":
            value = 0.3 * value
        elif name != "model.embed_tokens.weight":
            value = value / math.sqrt(shape[1])
        parameters[name] = value.float().double()
    return parameters


# ---------------------------------------------------------------- the forward pass

def rms_norm(x, gain, epsilon):
    return gain * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + epsilon))


def inverse_frequencies(config, dtype):
    dim = head_dim(config)
    scaling = config.get("rope_parameters") or config.get("rope_scaling") or {}
    theta = scaling.get("rope_theta") or config["rope_theta"]
    inverse = 1.0 / theta ** (torch.arange(0, dim, 2, dtype=dtype) / dim)
    kind = scaling.get("rope_type", "default")
    if kind == "linear":
        inverse = inverse / scaling["factor"]
    elif kind == "llama3":
        low, high = scaling["low_freq_factor"], scaling["high_freq_factor"]
        original, factor = scaling["original_max_position_embeddings"], scaling["factor"]
        scaled = []
        for value in inverse:
            wavelength = 2 * math.pi / value
            if wavelength < original / high:
                scaled.append(value)
            elif wavelength > original / low:
                scaled.append(value / factor)
            else:
                smooth = (original / wavelength - low) / (high - low)
                scaled.append((1 - smooth) * value / factor + smooth * value)
        inverse = torch.stack(scaled)
    return inverse


def rotate_half(x):
    half = x.shape[-1] // 2
    return torch.cat((-x[..., half:], x[..., :half]), dim=-1)


def pooled_index(config, ids):
    """The last position whose id is not the pad id; the first position if there is none."""
    return max((i for i, token in enumerate(ids) if token != config["pad_token_id"]), default=0)


def reward(config, p, ids):
    dtype = p["score.weight"].dtype
    length, dim, epsilon = len(ids), head_dim(config), config["rms_norm_eps"]
    heads, kv_heads = config["num_attention_heads"], config["num_key_value_heads"]
    angles = torch.outer(torch.arange(length, dtype=dtype), inverse_frequencies(config, dtype))
    angles = torch.cat((angles, angles), dim=-1)
    cos, sin = angles.cos(), angles.sin()
    mask = torch.full((length, length), -math.inf, dtype=dtype).triu(1)

    x = p["model.embed_tokens.weight"][torch.tensor(ids)]
    for layer in range(config["num_hidden_layers"]):
        prefix = f"model.layers.{layer}."

        def linear(value, name):
            result = value @ p[prefix + name + ".weight"].T
            bias = p.get(prefix + name + ".bias")
            return result if bias is None else result + bias

        h = rms_norm(x, p[prefix + "input_layernorm.weight"], epsilon)
        q = linear(h, "self_attn.q_proj").view(length, heads, dim).transpose(0, 1)
        k = linear(h, "self_attn.k_proj").view(length, kv_heads, dim).transpose(0, 1)
        v = linear(h, "self_attn.v_proj").view(length, kv_heads, dim).transpose(0, 1)
        if prefix + "self_attn.q_norm.weight" in p:
            q = rms_norm(q, p[prefix + "self_attn.q_norm.weight"], epsilon)
            k = rms_norm(k, p[prefix + "self_attn.k_norm.weight"], epsilon)
        q = q * cos + rotate_half(q) * sin
        k = k * cos + rotate_half(k) * sin
        k = k.repeat_interleave(heads // kv_heads, dim=0)
        v = v.repeat_interleave(heads // kv_heads, dim=0)
        weights = torch.softmax(q @ k.transpose(1, 2) / math.sqrt(dim) + mask, dim=-1)
        attended = (weights @ v).transpose(0, 1).reshape(length, heads * dim)
        x = x + linear(attended, "self_attn.o_proj")
        h = rms_norm(x, p[prefix + "post_attention_layernorm.weight"], epsilon)
        x = x + linear(torch.nn.functional.silu(linear(h, "mlp.gate_proj")) * linear(h, "mlp.up_proj"), "mlp.down_proj")

    x = rms_norm(x, p["model.norm.weight"], epsilon)
    return (x @ p["score.weight"].T)[pooled_index(config, ids), 0]


def pair_loss(config, p, pairs):
    chosen = torch.stack([reward(config, p, pair["prompt"] + pair["chosen"]) for pair in pairs])
    rejected = torch.stack([reward(config, p, pair["prompt"] + pair["rejected"]) for pair in pairs])
    margin = torch.tensor([pair["margin"] for pair in pairs], dtype=chosen.dtype)
    ranking = -torch.nn.functional.logsigmoid(chosen - rejected - margin).mean()
    return ranking + ETA * (chosen + rejected).pow(2).mean(), chosen, rejected


# ---------------------------------------------------------------- inputs and outputs

def make_sequences(config, generator):
    def ids(length):
        drawn = torch.randint(6, config["vocab_size"], (length,), generator=generator)
        return drawn.tolist()

    pad = config["pad_token_id"]
    named = [(f"length-{length}", ids(length)) for length in (1, 2, 5, 16, 33, 64, 71)]
    inside = ids(19)
    inside[7] = inside[8] = pad
    return named + [("trailing-pad", ids(11) + [pad] * 4), ("pad-inside", inside),
                    ("pad-inside-and-trailing", inside[:12] + [pad]), ("all-pad", [pad] * 3)]


def make_pairs(config, generator):
    def ids(length):
        return torch.randint(6, config["vocab_size"], (length,), generator=generator).tolist()

    return [
        {"prompt": ids(13), "chosen": ids(5), "rejected": ids(9), "margin": 0.0},
        {"prompt": ids(29), "chosen": ids(12), "rejected": ids(1), "margin": 0.5},
        # A trailing pad: the gradient starts one token before the end.
        {"prompt": ids(4), "chosen": ids(6) + [config["pad_token_id"]], "rejected": ids(7), "margin": 0.25},
    ]


def write_safetensors(path, tensors):
    header, data = {"__metadata__": {"format": "pt"}}, bytearray()
    for name, tensor in tensors.items():
        raw = tensor.detach().to(torch.float32).contiguous().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def write_json(path, value):
    text = json.dumps(value, indent=1)
    # A list of numbers on one line.
    text = re.sub(r"\[[\s\d.,eE+-]*\]", lambda match: " ".join(match.group().split()), text)
    with open(path, "w", newline="\n") as file:
        file.write(text + "\n")


def make(name, config, seed):
    generator = torch.Generator().manual_seed(seed)
    folder = os.path.join(HERE, name)
    os.makedirs(folder, exist_ok=True)
    start = random_parameters(config, generator)
    sequences = make_sequences(config, generator)
    pairs = make_pairs(config, generator)

    with torch.no_grad():
        rewards = [reward(config, start, ids).item() for _, ids in sequences]
        single = {key: value.float() for key, value in start.items()}
        single_rewards = [reward(config, single, ids).item() for _, ids in sequences]

    p = {key: value.clone().requires_grad_() for key, value in start.items()}
    decays = [value for value in p.values() if value.dim() == 2]
    keeps = [value for value in p.values() if value.dim() == 1]
    optimizer = torch.optim.AdamW(
        [{"params": decays, "weight_decay": WEIGHT_DECAY}, {"params": keeps, "weight_decay": 0.0}],
        lr=LEARNING_RATE, betas=BETAS, eps=EPSILON)
    step, losses = None, []
    for number in range(STEPS):
        optimizer.zero_grad()
        loss, chosen, rejected = pair_loss(config, p, pairs)
        loss.backward()
        losses.append(loss.item())
        gradients = {key: value.grad.clone() for key, value in p.items()}
        norm = torch.nn.utils.clip_grad_norm_(list(p.values()), MAX_NORM).item()
        optimizer.step()
        if number == 0:
            write_safetensors(os.path.join(folder, "gradients.safetensors"), gradients)
            write_safetensors(os.path.join(folder, "updated.safetensors"), p)
            step = {
                "eta": ETA, "learning_rate": LEARNING_RATE, "beta1": BETAS[0], "beta2": BETAS[1], "epsilon": EPSILON,
                "weight_decay": WEIGHT_DECAY, "max_norm": MAX_NORM, "loss": loss.item(), "gradient_norm": norm,
                "gradient_scale": min(1.0, MAX_NORM / (norm + 1e-6)),
                "pairs": [dict(pair, chosen_reward=c.item(), rejected_reward=r.item())
                          for pair, c, r in zip(pairs, chosen, rejected)],
                "gradients": {key: {"norm": value.norm().item(),
                                    "checksum": (value.flatten() * torch.arange(value.numel()).double().cos()).sum().item()}
                              for key, value in gradients.items()},
            }
            first = gradients

    # How far plain float32 arithmetic is from the numbers written: a floor for tolerances, printed, not stored.
    p32 = {key: value.float().requires_grad_() for key, value in start.items()}
    pair_loss(config, p32, pairs)[0].backward()
    worst_reward = max(abs(a - b) / max(1, abs(a)) for a, b in zip(rewards, single_rewards))
    worst_gradient = max(((p32[key].grad.double() - value).norm() / value.norm()).item() for key, value in first.items())

    write_safetensors(os.path.join(folder, "model.safetensors"), start)
    with open(os.path.join(folder, "config.json"), "w", newline="\n") as file:
        file.write(json.dumps(dict(sorted(config.items())), indent=2) + "\n")
    write_json(os.path.join(folder, "golden.json"), {
        "sequences": [{"name": label, "ids": ids, "pooled": pooled_index(config, ids), "reward": value}
                      for (label, ids), value in zip(sequences, rewards)],
        "training": step,
        "losses": losses,
    })
    count = sum(value.numel() for value in start.values())
    print(f"{name}: {count} parameters, rewards {min(rewards):.3f}..{max(rewards):.3f}, losses {losses[0]:.4f} -> "
          f"{losses[-1]:.4f}, gradient norm {step['gradient_norm']:.3f}; float32 differs by {worst_reward:.1e} in rewards, "
          f"{worst_gradient:.1e} in gradients")


if __name__ == "__main__":
    torch.set_num_threads(1)
    for index, (model, configuration) in enumerate(MODELS.items()):
        make(model, configuration, seed=20240 + index)
