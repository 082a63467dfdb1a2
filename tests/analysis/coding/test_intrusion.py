import numpy as np
import pandas as pd

from analysis.coding.intrusion import TOPICS_SHOWN, WORDS_SHOWN, topic_tasks, word_tasks

TERMS = {topic: {"en": [f"t{topic}w{n}" for n in range(8)], "zh": [f"词{topic}"]} for topic in range(8)}


def test_a_word_task_has_five_words_of_its_topic_and_one_of_another():
    tasks = word_tasks(TERMS, size=100)
    assert sorted(task.topic for task in tasks) == list(range(8))
    for task in tasks:
        own = [word for word in task.words if word.startswith(f"t{task.topic}w")]
        intruder = task.words[task.intruder - 1]
        assert len(own) == WORDS_SHOWN
        assert intruder not in own
        assert task.lang == "en"
    assert len({task.intruder for task in tasks}) > 2
    assert len(word_tasks(TERMS, size=3)) == 3
    assert word_tasks(TERMS, size=9, seed=1) == word_tasks(TERMS, size=9, seed=1)
    assert word_tasks({0: TERMS[0]}, size=9) == []


def test_a_word_of_both_topics_is_no_intruder():
    shared = {topic: {"en": ["a", "b", "c", "d", "e"]} for topic in (0, 1)}
    assert word_tasks(shared, size=9) == []


def test_a_topic_task_shows_the_own_topic_two_near_ones_and_a_far_one():
    # Eight topics on a circle: near is next to it.
    angles = 2 * np.pi * np.repeat(np.arange(8), 10) / 8
    vectors = np.column_stack([np.cos(angles), np.sin(angles)]).astype(np.float32)
    frame = pd.DataFrame({"article_id": [f"x{i}" for i in range(80)], "lang": "en"})
    frame["topic"] = np.repeat(np.arange(8), 10)
    frame.loc[:4, "topic"] = -1
    tasks = topic_tasks(frame, vectors, TERMS, size=50)
    assert len(tasks) == 50
    for task in tasks:
        own = int(frame.set_index("article_id").loc[task.article_id, "topic"])
        intruder = task.topics[task.intruder - 1]
        distance = {topic: min((topic - own) % 8, (own - topic) % 8) for topic in task.topics}
        assert own in task.topics
        assert own != -1
        assert sorted(distance.values())[:TOPICS_SHOWN] == [0, 1, 1]
        assert distance[intruder] >= 2
        assert task.shown[task.topics.index(own)].startswith(f"t{own}w0, t{own}w1")


def test_four_topics_have_no_far_half():
    frame = pd.DataFrame({"article_id": list("abcd"), "lang": "en", "topic": range(4)})
    assert topic_tasks(frame, np.eye(4, dtype=np.float32), TERMS, size=9) == []
